import { createPublicKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { keyId, privateKeyFrom, rawPublicKey, signText } from './ed25519.ts';
import type { Assurance } from './format.ts';

const SEED_BYTES = 32;

/** The key that vouches for session keys. What is derived from it is for this machine only. */
export interface MasterKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly assurance: Assurance;
  /** A signature in hex. */
  sign(text: string): string;
  /** A secret of 32 bytes for one purpose and one chain. */
  derive(purpose: string, chainId: string): Uint8Array;
}

/** Where the master key's 32 bytes are kept: a file, a vault, or an editor's secret storage. */
export interface MasterStore {
  readonly assurance: Assurance;
  /** Keeps the new bytes unless there are some already; answers those that are kept. */
  findOrKeep(fresh: Uint8Array): Promise<Uint8Array>;
}

/** Opens the master key, which is made at the first use. */
export async function openMasterKey(store: MasterStore): Promise<MasterKey> {
  return masterKeyFrom(await store.findOrKeep(randomBytes(SEED_BYTES)), store.assurance);
}

/** A master key from its 32 bytes. */
export function masterKeyFrom(seed: Uint8Array, assurance: Assurance): MasterKey {
  if (seed.length !== SEED_BYTES) throw new RangeError('A master key has 32 bytes.');
  const privateKey = privateKeyFrom(seed);
  const publicKey = createPublicKey(privateKey);
  return {
    kid: keyId(rawPublicKey(publicKey)),
    publicKey,
    assurance,
    sign: (text) => signText(text, privateKey),
    derive: (purpose, chainId) => new Uint8Array(hkdfSync('sha256', seed, chainId, purpose, SEED_BYTES)),
  };
}
