import { cleanLabel } from './clean-text.ts';
import type { StoredEnvironment } from '../environments/environments.ts';
import type { L10n } from './l10n.ts';
import type { Subject } from '../views/subject.ts';

/** The kind of an environment. */
export function environmentKind(l10n: L10n, kind: StoredEnvironment['kind']): string {
  const kinds = {
    production: l10n.t('production'),
    staging: l10n.t('staging'),
    sandbox: l10n.t('sandbox'),
  };
  return kinds[kind];
}

/** An environment with its kind; `clean` makes its name fit for where it stands. */
export function environmentText(
  l10n: L10n,
  { name, kind }: Pick<StoredEnvironment, 'name' | 'kind'>,
  clean: (name: string) => string,
): string {
  return `${clean(name)} (${environmentKind(l10n, kind)})`;
}

/** What a kind of object is called, as after its name. */
export function objectKind(l10n: L10n, kind: Subject['kind']): string {
  const kinds = {
    organization: l10n.t('organization'),
    connection: l10n.t('SSO connection'),
    directory: l10n.t('directory'),
    group: l10n.t('group'),
    user: l10n.t('user'),
    domain: l10n.t('domain'),
    event: l10n.t('security event'),
  };
  return kinds[kind];
}

/** A number of users; `written` is how the number is written, as in the person's language. */
export function userCount(l10n: L10n, count: number, written: string | number = count): string {
  return count === 1 ? l10n.t('1 user') : l10n.t('{0} users', written);
}

/** A number of groups, as that of users. */
export function groupCount(l10n: L10n, count: number, written: string | number = count): string {
  return count === 1 ? l10n.t('1 group') : l10n.t('{0} groups', written);
}

/** A state in words; one that is not known reads as it is. */
export function stateWord(l10n: L10n, state = ''): string {
  const known: Readonly<Record<string, string>> = {
    active: l10n.t('active'),
    inactive: l10n.t('inactive'),
    suspended: l10n.t('suspended'),
    validating: l10n.t('validating'),
    draft: l10n.t('draft'),
    requires_type: l10n.t('no provider chosen'),
    deleting: l10n.t('being deleted'),
    linked: l10n.t('linked'),
    unlinked: l10n.t('unlinked'),
    invalid_credentials: l10n.t('invalid credentials'),
    verified: l10n.t('verified'),
    legacy_verified: l10n.t('verified'),
    pending: l10n.t('pending'),
    failed: l10n.t('failed'),
    unverified: l10n.t('not verified'),
    '': l10n.t('unknown'),
  };
  return Object.hasOwn(known, state) ? (known[state] ?? '') : cleanLabel(state.replaceAll('_', ' '));
}
