import type { Logger } from '../shared/logger.ts';
import type { StateDir } from './state-dir.ts';
import { StateError } from './state-error.ts';
import { lastStop } from './switch-file.ts';
import {
  fileMark,
  findToken,
  readTokens,
  scopeOf,
  statusOf,
  type TokenEntry,
  type TokenScope,
  type TokenStatus,
} from './token-file.ts';
import { createUsageCounter } from './token-usage.ts';

/** The longest a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Who came with a token that is accepted. */
export interface Grant {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
}

/** What a text that was sent as a token is: accepted, no more, or none that was ever issued. */
export type Presented =
  | { readonly grant: Grant }
  | { readonly ended: Exclude<TokenStatus, 'active'>; readonly token: Grant }
  | undefined;

/** Why somebody was not let in, by the token they showed: none, none of ours, or one that is accepted no more. */
export const REFUSALS = ['missing', 'unknown', 'disabled', 'expired', 'revoked'] as const;
export type RefusedFor = (typeof REFUSALS)[number];

/** A token whose sessions end; `active` is one that allows something else now, `gone` one that is not in the file any more. */
export interface EndedToken {
  readonly name: string;
  readonly status: TokenStatus | 'gone';
}

/** Decides for a server whom connection tokens let in. Looks at the disk each time, so that no missed event lets one in. */
export interface TokenGate {
  present(token: string): Presented;
  /** Told of each request that is refused for its token. */
  refused(why: RefusedFor): void;
  /** Whether what was granted holds now, unchanged. */
  holds(grant: Grant): boolean;
  /** Tells of each token that is accepted no more, or for something else, by its id, and of what it is now, until the function it returns is called. */
  onEnd(listener: (id: string, now: EndedToken) => void): () => void;
  /** Counts a request; costs no time. */
  count(grant: Grant, client: string): void;
  /** Ends watching and writes what was counted. */
  close(): Promise<void>;
}

export interface TokenGateOptions {
  readonly dir: StateDir;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Look {
  readonly mark: string;
  readonly entries: readonly TokenEntry[];
  readonly lastStop: string;
  readonly stopped: boolean;
}

/** The gate over a state directory. When the tokens there can't be read, none is accepted and the log says why. */
export function createTokenGate({ dir, logger, now = Date.now }: TokenGateOptions): TokenGate {
  const usage = createUsageCounter(dir, logger, now);
  const listeners = new Set<(id: string, now: EndedToken) => void>();
  let seen: Look = { mark: 'none yet', entries: [], lastStop: '', stopped: false };
  let active = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  const status = (entry: TokenEntry) => statusOf(entry, { now: now(), lastStop: seen.lastStop });
  /** Compares what is accepted with what was, and waits for what expires next. */
  const settle = () => {
    // A stop ends everything by itself, and lets calls say their last word; what it revoked is told of when it is lifted.
    if (seen.stopped) return;
    const before = active;
    const accepted = seen.entries.filter((entry) => status(entry) === 'active');
    active = new Map(accepted.map((entry) => [entry.id, JSON.stringify(scopeOf(entry))]));
    clearTimeout(timer);
    const next = Math.min(...accepted.map(({ expires = Infinity }) => expires)) - now();
    if (next < Infinity) timer = setTimeout(settle, Math.min(Math.max(next, 1), LONGEST_MS)).unref();
    for (const [id, scope] of before) if (active.get(id) !== scope) tell(id);
  };
  const tell = (id: string) => {
    for (const listener of listeners) listener(id, endedOf(id, seen.entries, status));
  };
  const refresh = () => {
    const found = look(dir, seen);
    if (found.mark === seen.mark) return;
    seen = found;
    if (found.problem !== undefined) logger.error(`no connection token is accepted: ${found.problem}`);
    settle();
  };
  const unwatch = dir.watch(refresh);
  refresh();
  return {
    present: (token) => {
      refresh();
      const entry = findToken(seen.entries, token);
      if (entry === undefined) return undefined;
      const found = status(entry);
      return found === 'active' ? { grant: grantOf(entry) } : { ended: found, token: grantOf(entry) };
    },
    refused: () => undefined,
    holds: ({ id, scope }) => {
      refresh();
      const entry = seen.entries.find((each) => each.id === id);
      return (
        entry !== undefined &&
        status(entry) === 'active' &&
        JSON.stringify(scopeOf(entry)) === JSON.stringify(scope)
      );
    },
    onEnd: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    count: ({ id }, client) => usage.count(id, client),
    close: async () => {
      unwatch();
      clearTimeout(timer);
      listeners.clear();
      await usage.flush();
    },
  };
}

function endedOf(
  id: string,
  entries: readonly TokenEntry[],
  status: (entry: TokenEntry) => TokenStatus,
): EndedToken {
  const entry = entries.find((each) => each.id === id);
  return entry === undefined ? { name: id, status: 'gone' } : { name: entry.name, status: status(entry) };
}

function grantOf(entry: TokenEntry): Grant {
  return { id: entry.id, name: entry.name, scope: scopeOf(entry) };
}

/** The mark is taken before the file is read: what changes in between is seen as a change next time. */
function look(dir: StateDir, seen: Look): Look & { readonly problem?: string } {
  try {
    const found = dir.problem();
    if (found !== undefined) throw new StateError(found);
    const stop = lastStop(dir);
    const mark = `${fileMark(dir)} ${stop.mark} ${stop.stopped}`;
    if (mark === seen.mark) return seen;
    return { mark, entries: readTokens(dir), lastStop: stop.mark, stopped: stop.stopped };
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown);
    return { mark: `unreadable: ${problem}`, entries: [], lastStop: '', stopped: false, problem };
  }
}
