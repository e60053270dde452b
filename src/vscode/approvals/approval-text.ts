import type { Approval } from '../../access/approvals.ts';
import { shownArguments } from '../../access/shown-arguments.ts';
import { cleanLabel } from '../text/clean-text.ts';
import type { L10n } from '../text/l10n.ts';
import { environmentKind } from '../text/words.ts';

/** The environment of an approval with its kind; a kind nobody knows reads as it is. */
export function approvalEnvironment(l10n: L10n, { environment: { name, kind } }: Approval): string {
  const known = kind === 'production' || kind === 'staging' || kind === 'sandbox';
  return `${cleanLabel(name)} (${known ? environmentKind(l10n, kind) : cleanLabel(kind)})`;
}

/** What a person decides on: who asks, where, and the exact arguments, whole and with nothing hidden in them. */
export function approvalDetail(l10n: L10n, approval: Approval): string {
  const { client, tool, arguments: input } = approval;
  return [
    l10n.t('Environment: {0}', approvalEnvironment(l10n, approval)),
    l10n.t('Tool: {0}', cleanLabel(tool)),
    l10n.t('Client: {0}', cleanLabel(client)),
    '',
    l10n.t('Arguments:'),
    ...shownArguments(input),
    '',
    l10n.t('If you approve, the agent can make exactly this call, once, within five minutes.'),
  ].join('\n');
}
