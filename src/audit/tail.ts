import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { cleanLine, cutText } from '../shared/text.ts';
import { fieldsOf } from './export/fields.ts';
import type { AuditRecord } from './format.ts';
import { chainsAt } from './verify/files.ts';
import { asRecord } from './verify/shapes.ts';

const MOST_AT_ONCE = 2 ** 20;
const AT_FIRST = 2 ** 14;
const LONGEST = 40;

/** Reads what was added to a file, or to those of a directory, since the last call; at first, the last records of each file. Oldest first, whichever file they are in. */
export function follow(path: string): () => { line: string; record: AuditRecord }[] {
  const seen = new Map<string, number>(
    filesOf(path).map((file) => [file, Math.max(0, statSync(file).size - AT_FIRST)]),
  );
  return () => {
    const added = filesOf(path).flatMap((file) => {
      // What is read first begins within a line: a part of one is no record.
      const { text, end } = addedTo(file, seen.get(file) ?? 0);
      seen.set(file, end);
      return text.split('\n').flatMap((line) => {
        const record = recordIn(line);
        return record === undefined ? [] : [{ line, record }];
      });
    });
    return added.sort((a, b) => (a.record.time < b.record.time ? -1 : Number(a.record.time > b.record.time)));
  };
}

/** A record as one line for a terminal: nothing in it moves the cursor. */
export function describeRecord(record: AuditRecord): string {
  const { time, operation, client, token, status, ms, kind } = fieldsOf({ line: '', record });
  const parts = [
    kind,
    operation === kind ? '' : operation,
    client,
    token === undefined ? '' : `token "${token}"`,
    kind === 'export' ? describeExport(record.body) : '',
    status,
    ms === undefined ? '' : `${ms} ms`,
  ];
  const words = parts.flatMap((part) => (part ? [cutText(cleanLine(part), LONGEST)] : []));
  return [time, String(record.seq).padStart(6), ...words].join('  ');
}

function describeExport({ format, since, records }: AuditRecord['body']): string {
  const from = typeof since === 'string' ? ` since ${since}` : '';
  return `${String(format)}, ${String(records)} records${from}`;
}

function filesOf(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return chainsAt(path).flatMap(({ files }) => files);
}

/** Whole lines only; the rest is read again when it is whole. */
function addedTo(file: string, from: number): { text: string; end: number } {
  const handle = openSync(file, 'r');
  try {
    const size = Math.min(fstatSync(handle).size - from, MOST_AT_ONCE);
    if (size <= 0) return { text: '', end: from };
    const bytes = Buffer.alloc(size);
    const read = readSync(handle, bytes, 0, size, from);
    const whole = bytes.subarray(0, read).lastIndexOf(0x0a) + 1;
    return { text: bytes.toString('utf8', 0, whole), end: from + whole };
  } finally {
    closeSync(handle);
  }
}

function recordIn(line: string): AuditRecord | undefined {
  try {
    return asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
}
