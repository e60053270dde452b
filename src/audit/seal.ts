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
  const members = new Map(Object.entries(content).map(([name, value]) => [name, canonical(value)]));
  const hash = sha256(objectOf(members));
  const sig = signText(recordText(hash), privateKey);
  members.set('hash', canonical(hash)).set('sig', canonical(sig));
  return { record: { ...content, hash, sig }, line: `${objectOf(members)}\n` };
}

/** The canonical form of an object, from those of its members: they are the same with hash and signature as without. */
function objectOf(members: ReadonlyMap<string, string>): string {
  const names = Array.from(members.keys()).toSorted();
  return `{${names.map((name) => `${canonical(name)}:${members.get(name)}`).join(',')}}`;
}

/** A UUID of version 7 (RFC 9562): the time in milliseconds, then chance. */
function timeOrderedId(now: Date): string {
  const ms = now.getTime().toString(16).padStart(12, '0');
  // The rest is laid out as in version 4, whose chance is drawn in advance.
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice(15)}`;
}
