import { existsSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { type Entry, readChain } from '../../audit/export/entries.ts';
import { chainsIn } from '../../audit/verify/files.ts';

export interface ReadRecordsOptions {
  /** Begin of the period, ISO; absent for all there is. */
  readonly since: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: (done: number, all: number) => void;
}

/** Reads the records of all processes chain by chain, and lets others work in between; `undefined` when it was cancelled. */
export async function readRecords(
  audit: string,
  { since = '', signal, progress }: ReadRecordsOptions,
): Promise<{ readonly entries: readonly Entry[]; readonly unreadable: number } | undefined> {
  const chains = existsSync(audit) ? chainsIn(audit) : [];
  const entries: Entry[] = [];
  let unreadable = 0;
  for (const [index, chain] of chains.entries()) {
    await breathe();
    if (signal.aborted) return undefined;
    const read = readChain(chain, since);
    for (const entry of read.entries) entries.push(entry);
    unreadable += read.unreadable;
    progress(index + 1, chains.length);
  }
  return { entries, unreadable };
}
