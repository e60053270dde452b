import { randomBytes } from 'node:crypto';
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

/** Gives a record its place, its hash and its signature. Throws on halves of characters: they have no canonical form. */
export function seal(
  draft: Draft,
  place: Place,
  { certificate, privateKey }: SigningKey,
  now: Date,
): AuditRecord {
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
  const hash = sha256(canonical(content));
  return { ...content, hash, sig: signText(recordText(hash), privateKey) };
}

/** A record as the line of a file. */
export function lineOf(record: AuditRecord): string {
  return `${canonical(record)}\n`;
}

/** A UUID of version 7 (RFC 9562): the time in milliseconds, then chance. */
function timeOrderedId(now: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
