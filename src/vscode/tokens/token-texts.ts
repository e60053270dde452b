import type { TokenScope, TokenStatus } from '../../access/token-file.ts';
import type { ClientUse, TokenInfo } from '../../access/token-info.ts';
import { tools } from '../../tools/registry.ts';
import { pickerLabel } from '../text/clean-text.ts';
import { joinParts } from '../text/join-parts.ts';
import type { L10n } from '../text/l10n.ts';

/** How a moment is written. */
export type When = (time: Date) => string;

/** What becomes of a token, in a word. */
function statusText(l10n: L10n, status: TokenStatus): string {
  const words = {
    active: l10n.t('active'),
    disabled: l10n.t('disabled'),
    expired: l10n.t('expired'),
    revoked: l10n.t('revoked'),
  };
  return words[status];
}

/** What a token may do, in few words. */
function scopeText(l10n: L10n, { tools: named, readOnly }: TokenScope): string {
  const reads = readOnly ? l10n.t('read-only') : undefined;
  if (named === undefined) return joinParts([l10n.t('all tools'), reads]);
  return joinParts([named.length === 1 ? l10n.t('1 tool') : l10n.t('{0} tools', named.length), reads]);
}

/** A token as a picker shows it: nothing in its name makes an icon. */
export function tokenItem(l10n: L10n, info: TokenInfo, when: When) {
  const { name, hint, scope, status, created, lastUsed, expires } = info;
  const [icon, end] = [
    status === 'active' ? 'key' : 'circle-slash',
    expires === undefined ? l10n.t('does not expire') : l10n.t('expires {0}', when(expires)),
  ];
  return {
    label: `$(${icon}) ${pickerLabel(name)}`,
    description: joinParts([`…${pickerLabel(hint)}`, scopeText(l10n, scope), statusText(l10n, status)]),
    detail: joinParts([
      l10n.t('created {0}', when(created)),
      lastUsed === undefined ? l10n.t('never used') : l10n.t('last used {0}', when(lastUsed)),
      useText(l10n, info),
      end,
    ]),
  };
}

/** What one client did with a token; clients name themselves. */
export function clientItem(l10n: L10n, { name, requests, lastUsed }: ClientUse, when: When) {
  return {
    label: pickerLabel(name) || l10n.t('a client without a name'),
    description: joinParts([requestCount(l10n, requests), l10n.t('last used {0}', when(lastUsed))]),
  };
}

/** The tools a token is limited to, by name; `undefined` when it is not. */
export function toolsText(l10n: L10n, { tools: named }: TokenScope): string | undefined {
  return named === undefined ? undefined : l10n.t('Only: {0}', pickerLabel(named.join(', ')));
}

/** The tools a token can be limited to, as a picker shows them. */
export function toolChoices(l10n: L10n) {
  return Object.values(tools).map((tool) => ({
    label: tool.name,
    description: tool.annotations.readOnlyHint ? tool.title : l10n.t('{0}: changes the account', tool.title),
    value: tool.name,
  }));
}

function useText(l10n: L10n, { requests, clients }: TokenInfo): string | undefined {
  if (requests === 0) return undefined;
  const count = requestCount(l10n, requests);
  return clients.length === 1
    ? l10n.t('{0} by 1 client', count)
    : l10n.t('{0} by {1} clients', count, clients.length);
}

function requestCount(l10n: L10n, count: number): string {
  return count === 1 ? l10n.t('1 request') : l10n.t('{0} requests', count);
}
