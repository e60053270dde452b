import { isRecord } from '../../shared/json.ts';
import type { AuditRecord, Certificate } from '../format.ts';
import type { Cut } from './pruned.ts';

const HASH = /^[0-9a-f]{64}$/u;
const SIGNATURE = /^[0-9a-f]{128}$/u;
const KEY_ID = /^[0-9a-f]{32}$/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

const is = (pattern: RegExp, value: unknown): value is string =>
  typeof value === 'string' && pattern.test(value);

const isHash = (value: unknown): value is string => is(HASH, value);

const isSeq = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** A value with the members of a record, and no others; `undefined` for anything else. */
export function asRecord(value: unknown): AuditRecord | undefined {
  if (!isRecord(value) || Object.keys(value).length !== 11) return undefined;
  const { v, chain_id, seq, event_id, time, prev_hash, kind, body, kid, hash, sig } = value;
  if (typeof v !== 'number' || !isSeq(seq) || typeof kind !== 'string' || !isRecord(body)) return undefined;
  if (!is(UUID, chain_id) || !is(UUID, event_id) || !is(TIME, time)) return undefined;
  if (!isHash(prev_hash) || !isHash(hash) || !is(KEY_ID, kid) || !is(SIGNATURE, sig)) return undefined;
  return { v, chain_id, seq, event_id, time, prev_hash, kind, body, kid, hash, sig };
}

/** A value with the members of a certificate, and no others. */
export function asCertificate(value: unknown): Certificate | undefined {
  if (!isRecord(value) || Object.keys(value).length !== 9) return undefined;
  const { v, chain_id, kid, public_key, not_before, not_after, issuer, assurance, sig } = value;
  if (typeof v !== 'number' || typeof assurance !== 'string' || !is(UUID, chain_id)) return undefined;
  if (!is(KEY_ID, kid) || !is(KEY_ID, issuer) || !isHash(public_key) || !is(SIGNATURE, sig)) return undefined;
  if (!is(TIME, not_before) || !is(TIME, not_after)) return undefined;
  return { v, chain_id, kid, public_key, not_before, not_after, issuer, assurance, sig };
}

/** The places a `prune` record, which this issuer vouches for, says chains were cut at. */
export function cutsIn({ kind, body }: AuditRecord, issuer: string): Cut[] {
  const { heads, before } = body;
  if (kind !== 'prune' || !Array.isArray(heads) || !is(TIME, before)) return [];
  return heads.flatMap((head: unknown) => {
    if (!isRecord(head)) return [];
    const { chain_id, seq, hash } = head;
    return is(UUID, chain_id) && isSeq(seq) && isHash(hash) ? [{ chain_id, seq, hash, before, issuer }] : [];
  });
}
