import { createHash } from 'node:crypto';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf } from '../access/state-error.ts';
import { isRunning } from '../shared/running.ts';
import type { ChainWriter } from './chain-writer.ts';
import { keepCheckpoint } from './checkpoint-file.ts';
import { checkpointDirectory } from './directories.ts';
import type { Head } from './format.ts';
import type { Recorder } from './recorder.ts';
import { type ChainFiles, chainsIn, linesOf, parseName } from './verify/files.ts';
import { readRecord } from './verify/read-record.ts';

/** A line that is being written is whole long before. */
const SETTLED_MS = 1_000;
const LINE_END = 0x0a;

export interface House {
  readonly writer: ChainWriter;
  readonly recorder: Recorder;
  readonly now: Date;
  readonly retentionMs: number;
  readonly warn: (message: string) => void;
}

/** Cuts off what crashes of other processes left half written, and removes what is older than is kept. Both are recorded; a failure is only warned of. */
export async function keepHouse(house: House): Promise<void> {
  try {
    repairTorn(house);
    await prune(house);
  } catch (thrown) {
    house.warn(`Audit files of earlier processes could not be looked after (${codeOf(thrown)}).`);
  }
}

function repairTorn({ writer, recorder }: House): void {
  for (const file of readdirSync(writer.audit)) {
    const path = join(writer.audit, file);
    if (path === writer.file() || !isTorn(path) || !isLeft(path)) continue;
    const { torn } = linesOf(path);
    if (torn === 0) continue;
    const bytes = readFileSync(path);
    const rest = bytes.subarray(bytes.length - torn);
    const details = { file, bytes: torn, sha256: createHash('sha256').update(rest).digest('hex') };
    recorder.write(() => ({ kind: 'event', body: { name: 'audit.repaired', details } }));
    truncateSync(path, bytes.length - torn);
  }
}

/** Looks at the last byte only: files are many. */
function isTorn(path: string): boolean {
  if (parseName(basename(path)) === undefined) return false;
  const { size } = statSync(path);
  if (size === 0) return false;
  const handle = openSync(path, 'r');
  try {
    const last = Buffer.alloc(1);
    readSync(handle, last, 0, 1, size - 1);
    return last[0] !== LINE_END;
  } finally {
    closeSync(handle);
  }
}

/** Nobody writes it any more. */
function isLeft(path: string): boolean {
  const pid = Number(basename(path).split('-')[1]);
  return Date.now() - statSync(path).mtimeMs > SETTLED_MS && !isRunning(pid);
}

/** Says what goes before it does, so that what is left still verifies. */
async function prune({ writer, recorder, now, retentionMs }: House): Promise<void> {
  const before = new Date(now.getTime() - retentionMs).toISOString();
  const old = chainsIn(writer.audit).flatMap((chain) => oldPart(chain, before));
  if (old.length === 0) return;
  const heads = old.map(({ head }) => ({ ...head }));
  const files = old.flatMap((part) => part.files.map((file) => basename(file)));
  const written = recorder.write(() => ({ kind: 'prune', body: { before, heads, files } }));
  await writer.sync();
  keepCheckpoint(writer.audit, written, `prune-${writer.chainId}-${written.record.seq}`);
  const checkpoints = checkpointDirectory(writer.audit);
  for (const part of old) {
    for (const file of part.files) rmSync(file, { force: true });
    if (part.whole) rmSync(join(checkpoints, `${part.head.chain_id}.json`), { force: true });
  }
  for (const file of readdirSync(checkpoints)) {
    const path = join(checkpoints, file);
    if (file.startsWith('prune-') && statSync(path).mtime.toISOString() < before)
      rmSync(path, { force: true });
  }
}

interface OldPart {
  readonly files: readonly string[];
  readonly head: Head;
  /** Nothing of the chain is left. */
  readonly whole: boolean;
}

/** The files a chain begins with whose last record is too old; one that can't be read stays, and those after it. */
function oldPart({ files }: ChainFiles, before: string): OldPart[] {
  const young = (file: string) => parseName(basename(file)) === undefined || startOf(file) >= before;
  const heads: Head[] = [];
  for (const file of files) {
    if (young(file)) break;
    const last = linesOf(file).lines.at(-1);
    const record = last && readRecord(last.bytes).record;
    if (record === undefined || record.time >= before) break;
    heads.push({ chain_id: record.chain_id, seq: record.seq, hash: record.hash });
  }
  const head = heads.at(-1);
  if (head === undefined) return [];
  return [{ files: files.slice(0, heads.length), head, whole: heads.length === files.length }];
}

/** When the chain of a file began, by its name, as ISO time. */
function startOf(file: string): string {
  const name = basename(file);
  const part = (from: number, to: number) => name.slice(from, to);
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}T${part(9, 11)}:${part(11, 13)}:${part(13, 15)}.${part(15, 18)}Z`;
}
