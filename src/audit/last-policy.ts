import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AuditRecord } from './format.ts';
import { asRecord } from './verify/shapes.ts';

/** So many files are looked at, the newest first: what was before them does not count as known. */
const MOST_FILES = 200;
/** The first record of a file is shorter. */
const FIRST_BYTES = 8_192;

/** The policy of the last start of a command that the trail tells of, leaving one file out. Believes what it reads: it is for a note, not for proof. */
export function lastPolicy(audit: string, command: string, except: string | undefined): string | undefined {
  const own = except === undefined ? undefined : basename(except);
  const names = readdirSync(audit)
    .filter((name) => name.endsWith('.jsonl') && name !== own)
    .sort((a, b) => (a < b ? 1 : -1))
    .slice(0, MOST_FILES);
  for (const name of names) {
    const body = firstRecord(join(audit, name))?.body;
    if (body?.['command'] === command && typeof body['policy'] === 'string') return body['policy'];
  }
  return undefined;
}

function firstRecord(file: string): AuditRecord | undefined {
  try {
    const text = beginningOf(file);
    return asRecord(JSON.parse(text.slice(0, Math.max(0, text.indexOf('\n')))));
  } catch {
    // Removed at this moment, or no record: it tells nothing.
    return undefined;
  }
}

function beginningOf(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(FIRST_BYTES);
    return bytes.toString('utf8', 0, readSync(handle, bytes, 0, FIRST_BYTES, 0));
  } finally {
    closeSync(handle);
  }
}
