import { isRecord } from '../../shared/json.ts';
import { canonical, sha256 } from '../canonical.ts';
import { type AuditRecord, FORMAT_VERSION } from '../format.ts';
import { asRecord } from './shapes.ts';

/** A line as a record that is whole in itself, or why it is none. */
export type ReadLine =
  | { readonly record: AuditRecord }
  | { readonly record?: undefined; readonly why: string; readonly version?: number };

/** Reads one line without its line end. Nothing about it may differ from its canonical form. */
export function readRecord(line: Buffer): ReadLine {
  const value = parsed(line);
  if (value === undefined) return { why: 'not JSON' };
  if (isRecord(value) && typeof value['v'] === 'number' && value['v'] !== FORMAT_VERSION) {
    return { why: `version ${value['v']}`, version: value['v'] };
  }
  const record = asRecord(value);
  if (record === undefined) return { why: 'not a record' };
  if (!line.equals(Buffer.from(canonicalOr(record)))) return { why: 'not in canonical form' };
  if (hashOf(record) !== record.hash) return { why: 'content does not fit its hash' };
  return { record };
}

/** The hash a record of this content has. */
export function hashOf({ hash: _hash, sig: _sig, ...content }: AuditRecord): string {
  return sha256(canonical(content));
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Halves of characters have no canonical form. */
function canonicalOr(value: unknown): string {
  try {
    return canonical(value);
  } catch {
    return '';
  }
}
