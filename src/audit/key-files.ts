import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StateDir } from '../access/state-dir.ts';
import { StateError } from '../access/state-error.ts';
import { makePrivate, writeWhole } from './directories.ts';
import type { MasterKey, MasterStore } from './master-key.ts';

const KEY_FILE = 'audit-key.json';
const VAULT_FILE = 'audit-vault.json';
/** 128 MiB and some 300 ms: guessing a passphrase is slow. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const MOST_COST = 2 ** 20;
/** What the vault's content is bound to. */
const PURPOSE = Buffer.from('workos-mcp audit vault v1');

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`, 'u'));
const keySchema = z.object({ v: z.literal(1), seed: hex(32) }).optional();
const vaultSchema = z
  .object({
    v: z.literal(1),
    kdf: z.literal('scrypt'),
    N: z.int().min(2).max(MOST_COST),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(16),
    salt: hex(16),
    nonce: hex(12),
    sealed: hex(32),
    tag: hex(16),
  })
  .optional();
type Vault = NonNullable<z.infer<typeof vaultSchema>>;

/** The passphrase does not open the vault. */
export class WrongPassphrase extends Error {
  override readonly name = 'WrongPassphrase';
}

/** The master key in a file that only this user can read: whoever runs as the user can use it. Failures are StateErrors. */
export function keyFile(dir: StateDir): MasterStore {
  return {
    assurance: 'local-user',
    findOrKeep: (fresh) =>
      dir.update<z.infer<typeof keySchema>, Uint8Array>(KEY_FILE, keySchema, (now) => {
        if (now !== undefined) return { result: Buffer.from(now.seed, 'hex') };
        requireMissing(dir, KEY_FILE);
        return { next: { v: 1, seed: Buffer.from(fresh).toString('hex') }, result: fresh };
      }),
  };
}

export function hasVault(dir: StateDir): boolean {
  return existsSync(join(dir.path, VAULT_FILE));
}

/** The master key in a file that a passphrase opens; `cost` is what a new one costs to try. Failures are StateErrors, or WrongPassphrase. */
export function vault(dir: StateDir, passphrase: string, cost = COST): MasterStore {
  return {
    assurance: 'passphrase',
    findOrKeep: async (fresh) => {
      const made = hasVault(dir) ? undefined : await seal(fresh, passphrase, cost);
      const kept = await dir.update(VAULT_FILE, vaultSchema, (now) => {
        if (now !== undefined) return { result: now };
        requireMissing(dir, VAULT_FILE);
        if (made === undefined) throw new StateError(`${join(dir.path, VAULT_FILE)} has gone.`);
        return { next: made, result: made };
      });
      return kept === made ? fresh : open(kept, passphrase);
    },
  };
}

/** Throws WrongPassphrase unless the passphrase opens the vault there is; a StateError where there is none. Changes nothing. */
export async function requirePassphrase(dir: StateDir, passphrase: string): Promise<void> {
  const kept = dir.read(VAULT_FILE, vaultSchema);
  if (kept === undefined) throw new StateError(`${join(dir.path, VAULT_FILE)} does not hold a key.`);
  await open(kept, passphrase);
}

/** Puts the public key where verifiers look for it. Throws StateError when it can't. */
export function publishKey(dir: StateDir, { kid, publicKey }: MasterKey): void {
  const keys = join(dir.path, 'keys');
  makePrivate(keys);
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  writeWhole(join(keys, `${kid}.pub`), pem);
}

/** A file that holds something else is no missing key: a new one would end the trust in the old one unseen. */
function requireMissing(dir: StateDir, name: string): void {
  const file = join(dir.path, name);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new StateError(`${file} does not hold a key.`);
}

async function seal(seed: Uint8Array, passphrase: string, cost: typeof COST): Promise<Vault> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, salt, cost), nonce);
  cipher.setAAD(PURPOSE);
  const sealed = Buffer.concat([cipher.update(seed), cipher.final()]);
  return {
    v: 1,
    kdf: 'scrypt',
    ...cost,
    salt: salt.toString('hex'),
    nonce: nonce.toString('hex'),
    sealed: sealed.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
  };
}

async function open({ salt, nonce, sealed, tag, N, r, p }: Vault, passphrase: string): Promise<Uint8Array> {
  const key = await stretch(passphrase, Buffer.from(salt, 'hex'), { N, r, p });
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'hex'));
  decipher.setAAD(PURPOSE);
  decipher.setAuthTag(Buffer.from(tag, 'hex'));
  try {
    return Buffer.concat([decipher.update(Buffer.from(sealed, 'hex')), decipher.final()]);
  } catch (cause) {
    throw new WrongPassphrase(
      'The passphrase does not open the audit vault. Set the passphrase the vault was made with.',
      { cause },
    );
  }
}

function stretch(passphrase: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const maxmem = 256 * cost.N * cost.r;
  scrypt(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem }, (error, key) =>
    error === null ? resolve(key) : reject(error),
  );
  return promise;
}
