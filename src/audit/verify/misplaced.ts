import type { AuditRecord } from '../format.ts';
import type { Line } from './files.ts';
import { readRecord } from './read-record.ts';

/** What was done to a chain. */
export type Tampering =
  | 'altered'
  | 'deleted'
  | 'inserted'
  | 'duplicated'
  | 'reordered'
  | 'forged'
  | 'truncated';

/** Where a chain goes on: the number and the hash that the next record has to have. */
export interface Place {
  readonly chainId: string | undefined;
  readonly seq: number;
  readonly prevHash: string;
}

export interface Misplaced {
  readonly kind: Tampering;
  readonly seq: number;
  readonly why: string;
}

/** What brought a record, whole in itself, to a place that is not its own. */
export function explain(record: AuditRecord, index: number, lines: readonly Line[], place: Place): Misplaced {
  const { seq } = place;
  if (place.chainId !== undefined && record.chain_id !== place.chainId)
    return { kind: 'inserted', seq, why: 'a record of another chain' };
  if (record.seq === seq) return { kind: 'forged', seq, why: 'does not follow from the record before it' };
  const { bytes } = lines[index] ?? { bytes: Buffer.alloc(0) };
  const twice = lines.some((line, at) => at !== index && line.bytes.equals(bytes));
  if (twice) return { kind: 'duplicated', seq: record.seq, why: `record ${record.seq} is there twice` };
  if (record.seq < seq) return { kind: 'inserted', seq, why: `a second record ${record.seq}` };
  const later = lines.slice(index + 1).some((line) => readRecord(line.bytes).record?.seq === seq);
  return later
    ? { kind: 'reordered', seq, why: `record ${seq} comes later` }
    : { kind: 'deleted', seq, why: `record ${seq} is missing` };
}

/** True when the line is the one that has to come at this place. */
export function fits(line: Line | undefined, { chainId, seq, prevHash }: Place): boolean {
  const record = line && readRecord(line.bytes).record;
  return (
    record !== undefined &&
    (chainId === undefined || record.chain_id === chainId) &&
    record.seq === seq &&
    record.prev_hash === prevHash
  );
}
