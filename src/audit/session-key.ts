import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { canonical, sha256 } from './canonical.ts';
import { certificateText, keyId, rawPublicKey } from './ed25519.ts';
import { type Certificate, FORMAT_VERSION } from './format.ts';
import type { MasterKey } from './master-key.ts';

/** A key that signs records for a while. It never leaves memory. */
export interface SigningKey {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

/** Makes a session key for a chain, certified from now on for so many milliseconds. */
export function newSessionKey(master: MasterKey, chainId: string, now: Date, lastsMs: number): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = rawPublicKey(publicKey);
  const content = {
    v: FORMAT_VERSION,
    chain_id: chainId,
    kid: keyId(raw),
    public_key: raw,
    not_before: now.toISOString(),
    not_after: new Date(now.getTime() + lastsMs).toISOString(),
    issuer: master.kid,
    assurance: master.assurance,
  };
  const sig = master.sign(certificateText(sha256(canonical(content))));
  return { certificate: { ...content, sig }, privateKey };
}

/** True when the key may not sign at this time: it is over, or a clock went back before its beginning. */
export function isOver({ certificate }: SigningKey, now: Date): boolean {
  const time = now.toISOString();
  return time < certificate.not_before || time >= certificate.not_after;
}
