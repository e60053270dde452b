import type { Json } from '../shared/json.ts';

/** Version of the format that docs/audit-format.md describes. */
export const FORMAT_VERSION = 1;
/** `prev_hash` of the first record of a chain. */
export const NO_HASH = '0'.repeat(64);
/** A session key signs for so long at most, in milliseconds. */
export const LONGEST_SESSION_MS = 24 * 3_600_000;
/** What a checkpoint file says it is. */
export const CHECKPOINT_TYPE = 'workos-mcp-audit-checkpoint';
/** What the manifest of an evidence bundle says it is. */
export const EVIDENCE_TYPE = 'workos-mcp-audit-evidence';

/** How well the master key was kept when it certified a session key. */
export const ASSURANCES = ['local-user', 'passphrase', 'secret-storage'] as const;
export type Assurance = (typeof ASSURANCES)[number];

/** Kinds of records. */
export type Kind =
  | 'start'
  | 'stop'
  | 'continue'
  | 'key-rotation'
  | 'intent'
  | 'outcome'
  | 'event'
  | 'export'
  | 'prune'
  | 'checkpoint';

/** What an `event` record may tell of, by name. */
export const EVENTS = [
  'policy.changed',
  'lock.refused',
  'token.issued',
  'token.renamed',
  'token.enabled',
  'token.disabled',
  'token.revoked',
  'token.expired',
  'auth.refused',
  'kill.stopped',
  'kill.resumed',
  'approval.asked',
  'approval.given',
  'approval.denied',
  'honeypot.sighted',
  'quarantine.begun',
  'self.healed',
  'audit.gap',
  'audit.repaired',
] as const;
export type EventName = (typeof EVENTS)[number];

export type Body = Readonly<Record<string, Json | undefined>>;

/** A record as it stands in a file: one line of canonical JSON. */
export interface AuditRecord {
  readonly v: number;
  readonly chain_id: string;
  readonly seq: number;
  /** A UUID of version 7. */
  readonly event_id: string;
  /** UTC with milliseconds. */
  readonly time: string;
  readonly prev_hash: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The session key that signed it. */
  readonly kid: string;
  /** SHA-256, in hex, of the canonical record without `hash` and `sig`. */
  readonly hash: string;
  /** Ed25519, in hex. */
  readonly sig: string;
}

/** The master key's word for a session key. */
export interface Certificate {
  readonly v: number;
  readonly chain_id: string;
  readonly kid: string;
  /** 32 bytes in hex. */
  readonly public_key: string;
  readonly not_before: string;
  readonly not_after: string;
  /** Id of the master key. */
  readonly issuer: string;
  readonly assurance: string;
  readonly sig: string;
}

/** A place in a chain, and the hash of the record there. */
export interface Head {
  readonly chain_id: string;
  readonly seq: number;
  readonly hash: string;
}
