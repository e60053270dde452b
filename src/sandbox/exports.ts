import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { objectId } from './account/ids.ts';
import { iso } from './account/time.ts';
import type { AuditRow } from './account/types.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';

const KEPT = 1_000;
const KEY_PAIR_ID = 'KSANDBOXDOWNLOADS1';

interface Stored {
  id: string;
  created: number;
  rows: readonly AuditRow[];
}

/** An audit log export, as the API writes it. */
export interface AuditLogExport {
  object: 'audit_log_export';
  id: string;
  state: 'pending' | 'ready' | 'error' | 'expired';
  url: string | null;
  created_at: string;
  updated_at: string;
}

/** The audit log exports of this run and the signed addresses their files have. */
export class Exports {
  readonly #stored = new Map<string, Stored>();
  readonly #secret = randomBytes(32);
  readonly #clock: Clock;
  readonly #faults: Faults;

  constructor(clock: Clock, faults: Faults) {
    this.#clock = clock;
    this.#faults = faults;
  }

  /** Starts an export of rows already chosen. */
  create(rows: readonly AuditRow[]): AuditLogExport {
    const created = this.#clock();
    const id = objectId('audit_log_export', created, randomBytes(8).toString('hex'));
    this.#stored.set(id, { id, created, rows });
    const [oldest] = this.#stored.keys();
    if (this.#stored.size > KEPT && oldest !== undefined) this.#stored.delete(oldest);
    return {
      object: 'audit_log_export',
      id,
      state: 'pending',
      url: null,
      created_at: iso(created),
      updated_at: iso(created),
    };
  }

  /** Reads an export; a ready one gets a fresh address. */
  read(id: string, origin: string): AuditLogExport | undefined {
    const stored = this.#stored.get(id);
    if (stored === undefined) return undefined;
    const now = this.#clock();
    const done = now >= stored.created + this.#faults.exportDelayMs;
    const state = done ? this.#faults.exportOutcome : 'pending';
    return {
      object: 'audit_log_export',
      id,
      state,
      url: state === 'ready' ? this.#address(id, origin, now) : null,
      created_at: iso(stored.created),
      updated_at: iso(done ? stored.created + this.#faults.exportDelayMs : stored.created),
    };
  }

  /** The rows behind a download address, or nothing if it is forged or too old. */
  open(path: string, query: URLSearchParams): readonly AuditRow[] | undefined {
    const expires = query.get('Expires') ?? '';
    const given = Buffer.from(query.get('Signature') ?? '');
    const due = Buffer.from(this.#signature(path, expires));
    if (query.get('Key-Pair-Id') !== KEY_PAIR_ID || given.length !== due.length) return undefined;
    if (!timingSafeEqual(given, due) || Number(expires) * 1_000 <= this.#clock()) return undefined;
    return this.#stored.get(path.slice(path.lastIndexOf('/') + 1).replace(/\.csv$/, ''))?.rows;
  }

  #address(id: string, origin: string, now: number): string {
    const path = `/audit_log_downloads/${id}.csv`;
    // Whole seconds as CloudFront writes them; rounded up, so that no validity is lost.
    const expires = String(Math.ceil((now + this.#faults.downloadTtlMs) / 1_000));
    const query = new URLSearchParams({
      Expires: expires,
      'Key-Pair-Id': KEY_PAIR_ID,
      Signature: this.#signature(path, expires),
    });
    return `${origin}${path}?${query.toString()}`;
  }

  #signature(path: string, expires: string): string {
    return createHmac('sha256', this.#secret).update(`${path}?${expires}`).digest('base64url');
  }
}
