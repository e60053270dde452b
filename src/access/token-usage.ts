import { z } from 'zod';
import type { Logger } from '../shared/logger.ts';
import { shortLine } from '../shared/text.ts';
import type { StateDir } from './state-dir.ts';
import { readTokens } from './token-file.ts';

const FILE = 'token-usage.json';
const FLUSH_MS = 2_000;
const LONGEST_NAME = 60;
/** Clients name themselves: one that keeps taking other names can't make the file grow. */
const MOST_CLIENTS = 50;
const OTHERS = '(other clients)';

const rowSchema = z.object({
  token: z.string(),
  client: z.string(),
  requests: z.number(),
  /** Milliseconds since 1970. */
  last: z.number(),
});
/** Counts decide nothing: a file that can't be understood begins anew. */
const fileSchema = z.array(rowSchema).catch([]);

/** How often a client used a token, over all processes and restarts. */
export type TokenUse = z.infer<typeof rowSchema>;

/** Counts in memory and adds to the file now and then, so that no request waits for the disk. */
export interface UsageCounter {
  /** One request, by a client as it calls itself. */
  count(token: string, client: string): void;
  /** Adds to the file what was counted since. A failure is logged, and tried again with the next. */
  flush(): Promise<void>;
}

/** What was counted and written so far. */
export function readUsage(dir: StateDir): readonly TokenUse[] {
  return dir.read(FILE, fileSchema);
}

/** A counter for the tokens in a state directory. */
export function createUsageCounter(dir: StateDir, logger: Logger, now: () => number): UsageCounter {
  let pending = new Map<string, TokenUse>();
  let timer: NodeJS.Timeout | undefined;
  let failed = false;
  let writing = Promise.resolve();

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  const write = async () => {
    const counted = pending;
    if (counted.size === 0) return;
    pending = new Map();
    try {
      await dir.update(FILE, fileSchema, (kept) => ({
        next: [...merge(ofKnownTokens(dir, kept), counted.values()).values()],
        result: undefined,
      }));
      failed = false;
    } catch (thrown) {
      pending = merge([...counted.values()], pending.values());
      if (!failed) logger.warn(`use of connection tokens not written: ${String(thrown)}`);
      failed = true;
    }
  };
  return {
    count: (token, client) => {
      const use = { token, client: shortLine(client, LONGEST_NAME), requests: 1, last: now() };
      pending = merge([...pending.values()], [use]);
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
    },
    flush,
  };
}

function merge(kept: readonly TokenUse[], added: Iterable<TokenUse>): Map<string, TokenUse> {
  const rows = new Map(kept.map((use) => [keyOf(use), use]));
  for (const use of added) {
    const clients = [...rows.values()].filter(({ token }) => token === use.token).length;
    const known = rows.has(keyOf(use)) || clients < MOST_CLIENTS;
    const row = known ? use : { ...use, client: OTHERS };
    const before = rows.get(keyOf(row)) ?? { requests: 0, last: 0 };
    const requests = before.requests + row.requests;
    rows.set(keyOf(row), { ...row, requests, last: Math.max(before.last, row.last) });
  }
  return rows;
}

function keyOf({ token, client }: TokenUse): string {
  return `${token}\n${client}`;
}

/** What tokens did that are not kept any more is forgotten with them. */
function ofKnownTokens(dir: StateDir, rows: readonly TokenUse[]): readonly TokenUse[] {
  try {
    const known = new Set(readTokens(dir).map(({ id }) => id));
    return rows.filter(({ token }) => known.has(token));
  } catch {
    return rows;
  }
}
