import type { Entry } from './entries.ts';
import { type Fields, fieldsOf } from './fields.ts';

const FIELDS: readonly (keyof Fields)[] = [
  'time',
  'kind',
  'operation',
  'verb',
  'status',
  'decision',
  'ms',
  'bytes',
  'user',
  'actor',
  'client',
  'clientVersion',
  'session',
  'environment',
  'environmentId',
  'server',
  'contract',
  'policy',
  'argsHmac',
  'resultHash',
  'redactions',
  'token',
  'tokenId',
  'approvedBy',
  'resources',
  'requestIds',
];

/** The columns of a table of entries. */
export const COLUMNS: readonly string[] = [...FIELDS.map(snake), 'chain_id', 'seq', 'event_id', 'hash'];

/** An entry as a row of that table. Its texts come from outside: formulas are up to whoever writes the table. */
export function toRow(entry: Entry): Record<string, string | number | undefined> {
  const { chain_id, seq, event_id, hash } = entry.record;
  const fields = fieldsOf(entry);
  const values = Object.fromEntries(FIELDS.map((name) => [snake(name), fields[name]]));
  return { ...values, chain_id, seq, event_id, hash };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
