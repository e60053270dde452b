import { createHash } from 'node:crypto';
import type { MasterKey } from '../master-key.ts';
import { EVIDENCE_TYPE, FORMAT_VERSION } from '../format.ts';

/** A file of a bundle, as its manifest lists it. */
export interface Listed {
  readonly name: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** A file as the manifest lists it. */
export function listed(name: string, content: Uint8Array): Listed {
  return { name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

/** The manifest and its signature, the 64 bytes of which OpenSSL takes as they are. */
export function signedManifest(
  files: readonly Listed[],
  facts: { readonly made: string; readonly server: string },
  master: Pick<MasterKey, 'kid' | 'assurance' | 'sign'>,
): { readonly manifest: Buffer; readonly signature: Buffer } {
  const { kid, assurance } = master;
  const content = { type: EVIDENCE_TYPE, v: FORMAT_VERSION, ...facts, signed_by: kid, assurance, files };
  const text = `${JSON.stringify(content, null, 2)}\n`;
  return { manifest: Buffer.from(text), signature: Buffer.from(master.sign(text), 'hex') };
}
