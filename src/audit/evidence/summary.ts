import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { AuditRecord, Head } from '../format.ts';
import type { Masters } from '../verify/authentic.ts';
import { checkChain } from '../verify/chain.ts';
import { type ChainFiles, type Line, linesOf, startOf } from '../verify/files.ts';
import type { Cut } from '../verify/pruned.ts';
import { asCertificate, asRecord } from '../verify/shapes.ts';

/** A file of a chain, as far as it is whole lines: more may be written meanwhile. */
export interface FilePart {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Bytes after them, of a record that is not finished. */
  readonly torn: number;
}

interface Place extends Head {
  readonly time: string;
}

/** What a chain holds, in short. Only where it verifies is what it says to be believed. */
export interface ChainSummary {
  readonly name: string;
  readonly chainId: string;
  /** All its lines are records, in their order, under a key that is at hand. */
  readonly verifies: boolean;
  /** Latest time of its files, by name and by when they were written; ISO. */
  readonly touched: string;
  readonly files: readonly FilePart[];
  readonly first: Place;
  readonly last: Place;
  /** Earliest and latest time; clocks are set back at times. */
  readonly times: readonly [string, string];
  readonly records: number;
  /** Those with a time since the begin of the period. */
  readonly inPeriod: number;
  readonly unreadable: number;
  readonly intents: number;
  readonly outcomes: number;
  /** False while its process runs, and when it was killed. */
  readonly ended: boolean;
  /** What could not be recorded, as its `audit.gap` events tell. */
  readonly gaps: readonly unknown[];
  /** Ids of the master keys that certified its session keys, and how they were kept. */
  readonly issuers: readonly string[];
  readonly assurances: readonly string[];
  /** What ran, as its `start` and `continue` records tell. */
  readonly processes: readonly unknown[];
  /** The places its `prune` records cut chains at, where it verifies. */
  readonly pruned: readonly Cut[];
}

const PROCESS = ['pid', 'host', 'os_user', 'command', 'server', 'node', 'contract', 'policy'];

/** Reads a chain; of one without a record only its files are known. */
export function summarize(
  { name, files }: ChainFiles,
  since: string,
  masters: Masters,
): ChainSummary | readonly FilePart[] {
  const parts: FilePart[] = [];
  const all: Line[] = [];
  const records: AuditRecord[] = [];
  let unreadable = 0;
  for (const path of files) {
    const { lines, bytes, torn } = wholeOf(path);
    parts.push({ name: basename(path), path, bytes, torn });
    all.push(...lines);
    const found = lines.map((line) => recordIn(line.bytes));
    unreadable += found.filter((record) => record === undefined).length;
    records.push(...found.filter((record) => record !== undefined));
  }
  const [first, last] = [records[0], records.at(-1)];
  if (first === undefined || last === undefined) return parts;
  const count = (kind: string) => records.filter((record) => record.kind === kind).length;
  const certificates = records.flatMap(({ body }) => asCertificate(body['certificate']) ?? []);
  const check = checkChain(all, { masters, named: false, fast: true });
  const times = records.map(({ time }) => time).toSorted();
  return {
    name,
    chainId: first.chain_id,
    verifies: check.problem === undefined && check.unverifiable === undefined,
    touched: files.flatMap(touchedAt).toSorted().at(-1) ?? '',
    files: parts,
    first: placeOf(first),
    last: placeOf(last),
    times: [times[0] ?? first.time, times.at(-1) ?? last.time],
    records: records.length,
    inPeriod: times.filter((time) => time >= since).length,
    unreadable,
    intents: count('intent'),
    outcomes: count('outcome'),
    ended: last.kind === 'stop',
    gaps: records.flatMap(({ kind, body }) =>
      kind === 'event' && body['name'] === 'audit.gap' ? [body['details']] : [],
    ),
    issuers: [...new Set(certificates.map(({ issuer }) => issuer))],
    assurances: [...new Set(certificates.map(({ assurance }) => assurance))],
    processes: records.filter(({ kind }) => kind === 'start' || kind === 'continue').map(processOf),
    pruned: check.pruned,
  };
}

function touchedAt(path: string): string[] {
  return [startOf(path) ?? '', statSync(path).mtime.toISOString()];
}

function wholeOf(path: string) {
  const { lines, torn, size } = linesOf(path);
  return { lines, bytes: size - torn, torn };
}

function recordIn(line: Buffer): AuditRecord | undefined {
  try {
    return asRecord(JSON.parse(line.toString('utf8')));
  } catch {
    return undefined;
  }
}

function placeOf({ chain_id, seq, hash, time }: AuditRecord): Place {
  return { chain_id, seq, hash, time };
}

function processOf({ time, body }: AuditRecord): object {
  const values = PROCESS.map((name) => [name, body[name]]);
  return { time, ...Object.fromEntries(values) };
}
