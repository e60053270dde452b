import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { firstRecord } from './first-record.ts';

/** So many files are looked at, the newest first: what was before them does not count as known. */
const MOST_FILES = 200;

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
