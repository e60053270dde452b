import { closeSync, openSync, readSync } from 'node:fs';
import type { AuditRecord } from './format.ts';
import { asRecord } from './verify/shapes.ts';

/** The first record of a file is shorter. */
const FIRST_BYTES = 8_192;

/** The record a file begins with; nothing about it is verified. */
export function firstRecord(file: string): AuditRecord | undefined {
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
