import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** What DER puts before the 32 bytes of a public key, and before those of a private one. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A private key from its 32 bytes. */
export function privateKeyFrom(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
}

/** A public key from its 32 bytes in hex. Throws on anything else. */
export function publicKeyFrom(hex: string): KeyObject {
  return createPublicKey({
    key: Buffer.concat([SPKI, Buffer.from(hex, 'hex')]),
    format: 'der',
    type: 'spki',
  });
}

/** The 32 bytes of a public key, in hex. */
export function rawPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(SPKI.length).toString('hex');
}

/** A key's id: the first 16 bytes of the SHA-256 of its 32 bytes, in hex. */
export function keyId(rawHex: string): string {
  return createHash('sha256').update(Buffer.from(rawHex, 'hex')).digest('hex').slice(0, 32);
}

/** A signature of a text, in hex. */
export function signText(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text), key).toString('hex');
}

/** True when the signature is one of this text by this key. */
export function isSigned(text: string, sig: string, key: KeyObject): boolean {
  return verify(null, Buffer.from(text), key, Buffer.from(sig, 'hex'));
}

/** What is signed of a record: its kind of document is in it, so that no signature fits two of them. */
export const recordText = (hash: string): string => `workos-mcp audit record v1 ${hash}`;
/** What is signed of a certificate. */
export const certificateText = (hash: string): string => `workos-mcp audit key v1 ${hash}`;
