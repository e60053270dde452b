import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SecretStorage } from 'vscode';
import { withLock } from '../../access/file-lock.ts';
import type { StateDir } from '../../access/state-dir.ts';
import { StateError } from '../../access/state-error.ts';
import type { MasterStore } from '../../audit/master-key.ts';
import { inTime } from './in-time.ts';

/** Where the editor keeps the master key. */
export const AUDIT_SECRET = 'workos.auditKey';
const SEED = /^[0-9a-f]{64}$/u;
/** A secret storage that is locked up may never answer. */
const PATIENCE_MS = 4_000;
/** What another window has just stored is seen here a moment later. */
const SETTLE_MS = 250;

export interface SecretKeyOptions {
  readonly dir: StateDir;
  readonly secrets: Pick<SecretStorage, 'get' | 'store'>;
  /** Milliseconds. */
  readonly patienceMs?: number;
  readonly settleMs?: number;
}

/** The audit's master key in the editor's secret storage. Failures, and a storage that does not answer, are StateErrors. */
export function secretKey({
  dir,
  secrets,
  patienceMs = PATIENCE_MS,
  settleMs = SETTLE_MS,
}: SecretKeyOptions): MasterStore {
  const ask = asker(() => secrets.get(AUDIT_SECRET), patienceMs);
  return {
    assurance: 'secret-storage',
    findOrKeep: async (fresh) => {
      const found = await ask();
      if (found !== undefined) return seedIn(found);
      dir.ensure();
      // Windows share the storage and can't store on condition: one at a time looks again, and makes the key.
      return withLock(join(dir.path, 'audit-secret.lock'), async () => {
        await wait(settleMs);
        const made = await ask();
        if (made !== undefined) return seedIn(made);
        const seed = Buffer.from(fresh).toString('hex');
        await inTime(() => secrets.store(AUDIT_SECRET, seed), patienceMs, LOCKED_UP);
        return fresh;
      });
    },
  };
}

const LOCKED_UP = 'the secret storage of this editor does not answer';

/** Asks, and does not ask again before there was an answer: a question may be on the person's screen. Meanwhile it fails at once. */
function asker(get: () => PromiseLike<string | undefined>, patienceMs: number) {
  let open: Promise<string | undefined> | undefined;
  let late = false;
  return async (): Promise<string | undefined> => {
    open ??= Promise.resolve(get()).finally(() => {
      open = undefined;
      late = false;
    });
    const asked = open;
    try {
      return await inTime(() => asked, late ? 0 : patienceMs, LOCKED_UP);
    } catch (thrown) {
      late = open !== undefined;
      throw thrown;
    }
  };
}

/** Something else is no missing key: a new one would end the trust in the old one unseen. */
function seedIn(text: string): Uint8Array {
  if (SEED.test(text)) return Buffer.from(text, 'hex');
  throw new StateError(`the secret ${AUDIT_SECRET} does not hold a key`);
}
