import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';
import { groupCount, stateWord, userCount } from '../text/words.ts';

/** A state in words. */
export function stateText(state?: string): string {
  return stateWord(vscode.l10n, state);
}

/** A finding in few words, for the description of a row. */
export function findingText(code: string): string {
  const known: Readonly<Record<string, string>> = {
    certificate_expired: vscode.l10n.t('certificate expired'),
    certificate_expiring: vscode.l10n.t('certificate expires soon'),
    sso_failures: vscode.l10n.t('failed sign-ins'),
  };
  return Object.hasOwn(known, code) ? (known[code] ?? '') : cleanLabel(code.replaceAll('_', ' '));
}

/** A finding as a sentence, for tooltips. */
export function findingSentence(code: string): string {
  const known: Readonly<Record<string, string>> = {
    certificate_expired: vscode.l10n.t('The signing certificate has expired: sign-in fails.'),
    certificate_expiring: vscode.l10n.t('The signing certificate expires soon.'),
    sso_failures: vscode.l10n.t('Sign-ins have failed recently.'),
    connection_requires_type: vscode.l10n.t('No identity provider has been chosen: nobody can sign in.'),
    connection_draft: vscode.l10n.t('Set-up is not finished: nobody can sign in.'),
    connection_validating: vscode.l10n.t('Set up, but nobody has signed in yet.'),
    connection_inactive: vscode.l10n.t('Switched off or disconnected: nobody can sign in.'),
    connection_deleting: vscode.l10n.t('Being deleted: nobody can sign in.'),
    directory_validating: vscode.l10n.t('Set up, but the provider has not connected yet.'),
    directory_invalid_credentials: vscode.l10n.t(
      'The provider refuses the credentials: users and groups are no longer updated.',
    ),
    directory_unlinked: vscode.l10n.t('Disconnected: users and groups are no longer updated.'),
    directory_deleting: vscode.l10n.t('Being deleted: users and groups are no longer updated.'),
    domain_failed: vscode.l10n.t('Verification failed: the DNS TXT record was not found.'),
    domain_pending: vscode.l10n.t('Waiting for its DNS TXT record.'),
  };
  return Object.hasOwn(known, code) ? (known[code] ?? '') : findingText(code);
}

/** A number of users. */
export function userCountText(count: number): string {
  return userCount(vscode.l10n, count, count.toLocaleString(locale()));
}

/** A number of groups. */
export function groupCountText(count: number): string {
  return groupCount(vscode.l10n, count, count.toLocaleString(locale()));
}

/** How many connections a group of them has, and how many of these need attention. */
export function attentionText(count: number, attention: number): string {
  if (attention === 0) return `${count}`;
  if (attention === count) {
    return count === 1
      ? vscode.l10n.t('1, needs attention')
      : vscode.l10n.t('{0}, all need attention', count);
  }
  return attention === 1
    ? vscode.l10n.t('{0}, 1 needs attention', count)
    : vscode.l10n.t('{0}, {1} need attention', count, attention);
}

/** A moment, short, in the person's language. */
export function timeText(time: string | undefined): string | undefined {
  const date = new Date(time ?? '');
  return Number.isNaN(date.getTime())
    ? undefined
    : date.toLocaleString(locale(), { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** A moment that may be of another year, in the person's language. */
export function momentText(date: Date): string {
  return date.toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** A day in the person's language. */
export function dateText(time: string | undefined): string | undefined {
  const date = new Date(time ?? '');
  return Number.isNaN(date.getTime())
    ? undefined
    : date.toLocaleDateString(locale(), { dateStyle: 'medium' });
}

/** The display language, if it is one that numbers and dates can be written in. */
function locale(): string | undefined {
  return /^[a-z]{2}(-[a-z]{2})?$/iu.test(vscode.env.language) ? vscode.env.language : undefined;
}
