import { randomUUID } from 'node:crypto';
import { canonical, sha256 } from './canonical.ts';
import { recordText, signText } from './ed25519.ts';
import { type AuditRecord, type Body, FORMAT_VERSION, type Kind } from './format.ts';
import type { SigningKey } from './session-key.ts';

/** A record before it has its place in a chain. */
export interface Draft {
  readonly kind: Kind;
  readonly body: Body;
}

/** A place in a chain. */
export interface Place {
  readonly chainId: string;
  readonly seq: number;
  readonly prevHash: string;
}

/** A record, and as it stands in a file: one line of canonical JSON. */
export interface Sealed {
  readonly record: AuditRecord;
  readonly line: string;
}

/** Gives a record its place, its hash and its signature. Throws on halves of characters: they have no canonical form. */
export function seal(draft: Draft, place: Place, { certificate, privateKey }: SigningKey, now: Date): Sealed {
  const content = {
    v: FORMAT_VERSION,
    chain_id: place.chainId,
    seq: place.seq,
    event_id: timeOrderedId(now),
    time: now.toISOString(),
    prev_hash: place.prevHash,
    kind: draft.kind,
    body: draft.body,
    kid: certificate.kid,
  };
  const { v, chain_id, seq, event_id, time, prev_hash, kind, body, kid } = content;
  // In the order of their names, with a gap where hash and signature stand in the line.
  const parts = [
    { body, chain_id, event_id },
    { kid, kind, prev_hash, seq },
    { time, v },
  ].map(membersOf);
  const hash = sha256(`{${parts.join(',')}}`);
  const sig = signText(recordText(hash), privateKey);
  const [first, second, third] = parts;
  const line = `{${first},"hash":"${hash}",${second},"sig":"${sig}",${third}}\n`;
  return { record: { ...content, hash, sig }, line };
}

/** The canonical form of an object's members, without its braces. */
function membersOf(object: object): string {
  return canonical(object).slice(1, -1);
}

/** A UUID of version 7 (RFC 9562): the time in milliseconds, then chance. */
function timeOrderedId(now: Date): string {
  const ms = now.getTime().toString(16).padStart(12, '0');
  // The rest is laid out as in version 4, whose chance is drawn in advance.
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`;
}
