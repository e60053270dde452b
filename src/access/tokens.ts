import { randomBytes } from 'node:crypto';
import type { StateDir } from './state-dir.ts';
import { lastStop } from './switch-file.ts';
import { badName, isGone, isStopped, nameTaken, notFound, tooMany } from './token-errors.ts';
import {
  looksLikeToken,
  newSecret,
  readTokens,
  scopeOf,
  statusOf,
  type TokenEntry,
  type TokenScope,
  updateTokens,
} from './token-file.ts';
import { infoOf, type TokenInfo } from './token-info.ts';
import { readUsage } from './token-usage.ts';

/** So many tokens may wait for their use at a time; each request is compared with all. */
const MOST_TOKENS = 100;
/** So many that were revoked are still listed. */
const MOST_REVOKED = 100;
const ID_PREFIX = 'tok_';

/** What a new token is to be. */
export interface TokenWish {
  readonly name: string;
  readonly scope: TokenScope;
  /** Milliseconds until it expires; never, without. */
  readonly lifetimeMs?: number | undefined;
}

/** A change that was made, for whoever keeps a record. */
export interface TokenEvent {
  readonly kind: 'issued' | 'renamed' | 'enabled' | 'disabled' | 'revoked';
  readonly token: { readonly id: string; readonly name: string; readonly scope: TokenScope };
  readonly time: Date;
}

/** The connection tokens of this user. `which` is an id or a name. Refusals are AppErrors, an unusable directory a StateError. */
export interface Tokens {
  /** The token is in this answer only. */
  issue(wish: TokenWish): Promise<{ readonly token: string; readonly info: TokenInfo }>;
  /** Oldest first, those that were revoked included. */
  list(): readonly TokenInfo[];
  rename(which: string, name: string): Promise<TokenInfo>;
  enable(which: string): Promise<TokenInfo>;
  disable(which: string): Promise<TokenInfo>;
  /** For good. */
  revoke(which: string): Promise<TokenInfo>;
}

export interface TokensOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of each change made here, once it is written. */
  readonly onChange?: (event: TokenEvent) => void;
}

/** The tokens in a state directory. A server in another process sees each change at its next request. */
export function createTokens(
  dir: StateDir,
  { now = Date.now, onChange = () => undefined }: TokensOptions = {},
): Tokens {
  const moment = () => ({ now: now(), lastStop: lastStop(dir).mark });
  const isRevoked = (entry: TokenEntry) => statusOf(entry, moment()) === 'revoked';
  const info = (entry: TokenEntry) => infoOf(entry, statusOf(entry, moment()), readUsage(dir));
  const tell = (kind: TokenEvent['kind'], entry: TokenEntry) => {
    const { id, name } = entry;
    try {
      onChange({ kind, token: { id, name, scope: scopeOf(entry) }, time: new Date(now()) });
    } catch (thrown) {
      // The change is made, and a new token has to reach whoever asked for it.
      process.emitWarning(thrown instanceof Error ? thrown : String(thrown));
    }
  };
  const change = async (kind: TokenEvent['kind'], which: string, edit: Edit) => {
    const { entry, changed } = await changeOne(dir, which, isRevoked, edit);
    if (changed) tell(kind, entry);
    return info(entry);
  };
  const setEnabled = (kind: 'enabled' | 'disabled', which: string) =>
    change(kind, which, (entry) => {
      if (isRevoked(entry)) throw isGone(entry.name);
      const enabled = kind === 'enabled';
      return entry.enabled === enabled ? undefined : { enabled };
    });
  return {
    issue: async (wish) => {
      const name = requireName(wish.name);
      const { token, kept } = newSecret();
      const entry = await updateTokens(dir, (all) => {
        // What is read first is what a stop that comes now would change.
        const stop = lastStop(dir);
        if (stop.stopped) throw isStopped();
        const made = { ...entryFor(wish, now()), name, ...kept, last_stop: stop.mark };
        return { next: [...roomFor(name, all, isRevoked), made], result: made };
      });
      tell('issued', entry);
      return { token, info: info(entry) };
    },
    list: () => readTokens(dir).map(info),
    rename: async (which, wished) => {
      const name = requireName(wished);
      return change('renamed', which, (entry, all) => {
        if (isRevoked(entry)) throw isGone(entry.name);
        if (entry.name === name) return undefined;
        requireFree(name, all, isRevoked);
        return { name };
      });
    },
    enable: (which) => setEnabled('enabled', which),
    disable: (which) => setEnabled('disabled', which),
    revoke: (which) =>
      change('revoked', which, (entry) => (entry.revoked === undefined ? { revoked: now() } : undefined)),
  };
}

function entryFor(
  { scope, lifetimeMs }: TokenWish,
  created: number,
): Omit<TokenEntry, 'name' | 'hash' | 'hint' | 'last_stop'> {
  return {
    id: `${ID_PREFIX}${randomBytes(6).toString('hex')}`,
    ...(scope.tools !== undefined && { tools: [...scope.tools] }),
    read_only: scope.readOnly,
    created,
    ...(lifetimeMs !== undefined && { expires: created + lifetimeMs }),
    enabled: true,
  };
}

type IsRevoked = (entry: TokenEntry) => boolean;
/** What changes about an entry; `undefined` when it is as wished already. */
type Edit = (entry: TokenEntry, all: readonly TokenEntry[]) => Partial<TokenEntry> | undefined;

function changeOne(
  dir: StateDir,
  which: string,
  isRevoked: IsRevoked,
  edit: Edit,
): Promise<{ readonly entry: TokenEntry; readonly changed: boolean }> {
  return updateTokens<{ entry: TokenEntry; changed: boolean }>(dir, (all) => {
    const before = find(all, which, isRevoked);
    const edited = edit(before, all);
    if (edited === undefined) return { result: { entry: before, changed: false } };
    const entry = { ...before, ...edited };
    return { next: all.map((each) => (each === before ? entry : each)), result: { entry, changed: true } };
  });
}

/** What is kept beside a new token: all that are not revoked, and some that are. */
function roomFor(name: string, all: readonly TokenEntry[], isRevoked: IsRevoked): TokenEntry[] {
  requireFree(name, all, isRevoked);
  const revoked = all.filter(isRevoked);
  if (all.length - revoked.length >= MOST_TOKENS) throw tooMany(MOST_TOKENS);
  const forgotten = new Set(revoked.slice(0, Math.max(0, revoked.length - MOST_REVOKED)));
  return all.filter((entry) => !forgotten.has(entry));
}

function requireFree(name: string, all: readonly TokenEntry[], isRevoked: IsRevoked): void {
  if (all.some((other) => other.name === name && !isRevoked(other))) throw nameTaken(name);
}

/** A name may be used again once its token is revoked; it then means the one that is not. */
function find(all: readonly TokenEntry[], which: string, isRevoked: IsRevoked): TokenEntry {
  const named = all.filter(({ id, name }) => id === which || name === which);
  const found = named.find((entry) => !isRevoked(entry)) ?? named.at(-1);
  if (found === undefined) throw notFound(which);
  return found;
}

/** A name as it is kept, or `undefined`: names are shown in lists, records and command lines, and must not be taken for an id or a token. */
export function tokenName(given: string): string | undefined {
  const name = given.trim().replace(/ +/gu, ' ');
  const fits = /^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,59}$/u.test(name);
  return fits && !name.startsWith(ID_PREFIX) && !looksLikeToken(name) ? name : undefined;
}

function requireName(given: string): string {
  const name = tokenName(given);
  if (name === undefined) throw badName();
  return name;
}
