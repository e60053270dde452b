import type { Sighting, Stopped } from '../../access/kill-switch.ts';
import { cleanLabel } from '../text/clean-text.ts';
import type { L10n } from '../text/l10n.ts';

/** What a quarantine is, in one notification. */
export function quarantineNotice(l10n: L10n, { decoy }: Sighting): string {
  return decoy === 'key'
    ? l10n.t(
        'WorkOS is quarantined, in every window and program of yours: its decoy API key was seen, so something has reached into the process of the tools.',
      )
    : l10n.t(
        'WorkOS is quarantined, in every window and program of yours: its decoy connection token was seen, so something has read files that are not for it.',
      );
}

/** What a person looks at before deciding: what was seen, where and when, and what to do. */
export function quarantineDetail(
  l10n: L10n,
  { decoy, where, by }: Sighting,
  { at }: Pick<Stopped, 'at'>,
): string {
  return [
    decoy === 'key' ? l10n.t('Seen: the decoy API key') : l10n.t('Seen: the decoy connection token'),
    l10n.t('Where: {0}', cleanLabel(where)),
    ...(by === undefined ? [] : [l10n.t('Client: {0}', cleanLabel(by))]),
    l10n.t('When: {0}', at.toISOString()),
    '',
    l10n.t(
      'Nobody is ever given a decoy: whoever shows it has read what is not theirs. Nothing is read or changed until you resume.',
    ),
    '',
    l10n.t('Find out which agent or program it was, and end it.'),
    l10n.t('If it may have read the API key too, replace that in the WorkOS dashboard.'),
    l10n.t('When you resume, there are new decoys, and connection tokens have to be issued again.'),
  ].join('\n');
}
