import { scopeOf, type TokenEntry, type TokenScope, type TokenStatus } from './token-file.ts';
import type { TokenUse } from './token-usage.ts';

/** How much one client used a token. */
export interface ClientUse {
  /** As it calls itself. */
  readonly name: string;
  readonly requests: number;
  readonly lastUsed: Date;
}

/** A connection token as people see it: never the token itself. */
export interface TokenInfo {
  readonly id: string;
  readonly name: string;
  /** Its last four characters. */
  readonly hint: string;
  readonly scope: TokenScope;
  readonly status: TokenStatus;
  /** False while it is disabled, whatever else became of it. */
  readonly enabled: boolean;
  readonly created: Date;
  readonly expires?: Date;
  readonly lastUsed?: Date;
  readonly requests: number;
  /** The busiest first. */
  readonly clients: readonly ClientUse[];
}

/** A kept token with what was done with it. */
export function infoOf(entry: TokenEntry, status: TokenStatus, uses: readonly TokenUse[]): TokenInfo {
  const own = uses.filter(({ token }) => token === entry.id);
  const { id, name, hint, created, expires, enabled } = entry;
  return {
    id,
    name,
    hint,
    scope: scopeOf(entry),
    status,
    enabled,
    created: new Date(created),
    ...(expires !== undefined && { expires: new Date(expires) }),
    ...(own.length > 0 && { lastUsed: new Date(Math.max(...own.map(({ last }) => last))) }),
    requests: own.reduce((sum, { requests }) => sum + requests, 0),
    clients: own
      .map(({ client, requests, last }) => ({ name: client, requests, lastUsed: new Date(last) }))
      .toSorted((a, b) => b.requests - a.requests),
  };
}
