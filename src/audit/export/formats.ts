import { toCsv } from '../../shared/csv.ts';
import { toCef } from './cef.ts';
import { type Entry, joinCalls } from './entries.ts';
import { toOcsf } from './ocsf.ts';
import { COLUMNS, toRow } from './rows.ts';

/** How records are written for other programs, by the name of the format. */
export const EXPORT_FORMATS: Readonly<Record<string, (entries: readonly Entry[]) => string>> = {
  jsonl: (entries) => lines(entries.map(({ line }) => line)),
  ocsf: (entries) => lines(joinCalls(entries).map((entry) => JSON.stringify(toOcsf(entry)))),
  cef: (entries) => lines(joinCalls(entries).map(toCef)),
  csv: (entries) => toCsv(COLUMNS, joinCalls(entries).map(toRow)),
};

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
