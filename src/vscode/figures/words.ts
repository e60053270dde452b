import type { IncidentKind } from '../../metrics/causes.ts';
import type { Verb } from '../../metrics/feed.ts';
import type { L10n } from '../text/l10n.ts';
import { cellText } from '../text/table.ts';

/** What a call does, in a word. */
export function verbText(l10n: L10n, verb: Verb): string {
  const verbs: Readonly<Record<Verb, string>> = {
    query: l10n.t('query'),
    mutation: l10n.t('mutation'),
    destructive: l10n.t('destructive'),
  };
  return verbs[verb];
}

/** What an incident is about, in a word or two. */
export function incidentKind(l10n: L10n, kind: IncidentKind): string {
  const kinds: Readonly<Record<IncidentKind, string>> = {
    error: l10n.t('error'),
    failure: l10n.t('failure'),
    dlp: l10n.t('values masked'),
    taint: l10n.t('third-party text'),
    approval: l10n.t('approval'),
    honeypot: l10n.t('honeypot'),
    kill: l10n.t('kill switch'),
    heal: l10n.t('self-heal'),
    access: l10n.t('refused access'),
  };
  return kinds[kind];
}

/** A root cause as it is kept, in English: the same words in each report, log and trail. */
export function causeText(cause: string): string {
  return cellText(cause, 200);
}
