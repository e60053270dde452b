import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf } from '../access/state-error.ts';
import { isRunning } from '../shared/running.ts';
import { type House, prune } from './prune.ts';
import { linesOf, parseName } from './verify/files.ts';

/** A line that is being written is whole long before. */
const SETTLED_MS = 1_000;
const LINE_END = 0x0a;

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
