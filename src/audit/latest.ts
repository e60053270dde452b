import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { type Entry, entriesIn, joinCalls } from './export/entries.ts';
import { chainsIn } from './verify/files.ts';

/** Read at the end of a file: some 200 records. */
const TAIL_BYTES = 2 ** 17;

/** The latest entries of all processes, the newest first, a call as one. Only ends of files are read, those of the newest first. */
export function latestEntries(audit: string, most: number): Entry[] {
  const files = existsSync(audit) ? chainsIn(audit).flatMap((chain) => chain.files) : [];
  const newest = files
    .map((file) => ({ file, changed: statSync(file).mtime.toISOString() }))
    .sort((a, b) => (a.changed > b.changed ? -1 : 1));
  let found: Entry[] = [];
  for (const { file, changed } of newest) {
    // A file has no record that is younger than itself.
    const [oldest] = found.slice(most - 1);
    if (oldest !== undefined && oldest.record.time > changed) break;
    const more = joinCalls(entriesIn(endOf(file).split('\n').slice(0, -1), '').entries);
    found = [...found, ...more].sort(byTime).slice(0, most);
  }
  return found;
}

function byTime({ record: a }: Entry, { record: b }: Entry): number {
  if (a.chain_id === b.chain_id) return b.seq - a.seq;
  return a.time > b.time ? -1 : 1;
}

/** What is read first may be a part of a line, and so is no record. */
function endOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const { size } = statSync(file);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const read = readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8', 0, read);
  } finally {
    closeSync(handle);
  }
}
