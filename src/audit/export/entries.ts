import { readFileSync } from 'node:fs';
import type { AuditRecord } from '../format.ts';
import { type ChainFiles, chainsAt, requireChain } from '../verify/files.ts';
import { asRecord } from '../verify/shapes.ts';

/** What is exported as one thing: a record, with what the records before it say about it. */
export interface Entry {
  /** As it stands in its file. */
  readonly line: string;
  readonly record: AuditRecord;
  /** Of an outcome: the intent it belongs to. */
  readonly intent?: AuditRecord | undefined;
  /** The last record that says what runs. */
  readonly origin?: AuditRecord | undefined;
}

export interface Entries {
  readonly entries: Entry[];
  /** Lines that are no records. */
  readonly unreadable: number;
  /** Records in all, whenever they were written. */
  readonly records: number;
}

/** What a directory or a file holds since a time (ISO), chain by chain in the order of their records. Throws when it can't be read. */
export function readEntries(path: string, since = ''): Entries {
  const chains = chainsAt(path).map((chain) => readChain(chain, since));
  const sum = (count: 'unreadable' | 'records') => chains.reduce((all, chain) => all + chain[count], 0);
  requireChain(path, sum('records'));
  return {
    entries: chains.flatMap(({ entries }) => entries),
    unreadable: sum('unreadable'),
    records: sum('records'),
  };
}

/** The same of one chain. */
export function readChain({ files }: ChainFiles, since: string): Entries {
  return entriesIn(files.flatMap(linesOf), since);
}

/** The same of lines of one chain, in their order. */
export function entriesIn(lines: readonly string[], since: string): Entries {
  const entries: Entry[] = [];
  const intents = new Map<number, AuditRecord>();
  let origin: AuditRecord | undefined;
  let unreadable = 0;
  for (const line of lines) {
    const record = recordIn(line);
    if (record === undefined) {
      unreadable += 1;
      continue;
    }
    if (record.kind === 'start' || record.kind === 'continue') origin = record;
    if (record.kind === 'intent') intents.set(record.seq, record);
    if (record.time >= since) entries.push({ line, record, origin, intent: intentOf(record, intents) });
  }
  return { entries, unreadable, records: lines.length - unreadable };
}

/** Calls as one entry each: an intent stands alone only if nothing is known of its end. */
export function joinCalls(entries: readonly Entry[]): Entry[] {
  const ended = new Set(entries.flatMap(({ intent }) => (intent ? [intent.event_id] : [])));
  return entries.filter(({ record }) => record.kind !== 'intent' || !ended.has(record.event_id));
}

function intentOf({ kind, body }: AuditRecord, intents: Map<number, AuditRecord>): AuditRecord | undefined {
  const { intent } = body;
  if (kind !== 'outcome' || typeof intent !== 'number') return undefined;
  const found = intents.get(intent);
  intents.delete(intent);
  return found;
}

/** A last line without its end is no record. */
function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

function recordIn(line: string): AuditRecord | undefined {
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}
