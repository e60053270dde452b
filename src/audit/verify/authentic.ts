import type { KeyObject } from 'node:crypto';
import { canonical, sha256 } from '../canonical.ts';
import { certificateText, isSigned, keyId, publicKeyFrom, recordText } from '../ed25519.ts';
import { type AuditRecord, type Certificate, FORMAT_VERSION, LONGEST_SESSION_MS } from '../format.ts';
import { asCertificate } from './shapes.ts';

/** Public master keys by id. */
export type Masters = ReadonlyMap<string, KeyObject>;

/** A session key whose certificate was looked at. */
export interface SessionKey {
  readonly certificate: Certificate;
  readonly key: KeyObject;
  /** Whether the master key is at hand, so that the certificate could be checked. */
  readonly certified: boolean;
}

/** Kinds of records that bring the key they are signed with. */
export const BRINGS_KEY: ReadonlySet<string> = new Set(['start', 'continue', 'key-rotation']);

/** The session key a record brings, or why it is not to be believed. */
export function sessionKeyFrom(record: AuditRecord, masters: Masters): SessionKey | string {
  const certificate = asCertificate(record.body['certificate']);
  if (certificate === undefined) return 'no certificate of its key';
  return checkCertificate(certificate, record, masters);
}

/** The session key of a certificate, as the record beside it may use it. */
export function checkCertificate(
  certificate: Certificate,
  { chain_id, kid }: AuditRecord,
  masters: Masters,
): SessionKey | string {
  if (certificate.v !== FORMAT_VERSION) return 'a certificate of another version';
  if (certificate.chain_id !== chain_id) return 'a certificate for another chain';
  if (certificate.kid !== kid || keyId(certificate.public_key) !== kid)
    return 'a certificate for another key';
  const lasts = Date.parse(certificate.not_after) - Date.parse(certificate.not_before);
  if (!(lasts >= 0 && lasts <= LONGEST_SESSION_MS)) return 'a certificate for more than 24 hours';
  const key = publicKeyFrom(certificate.public_key);
  const master = masters.get(certificate.issuer);
  if (master === undefined) return { certificate, key, certified: false };
  const { sig, ...content } = certificate;
  if (!isSigned(certificateText(sha256(canonical(content))), sig, master))
    return 'a certificate the master key did not sign';
  return { certificate, key, certified: true };
}

/** Why a record is not this session key's; `undefined` when it is. Its signature is looked at only where asked for. */
export function notBy(record: AuditRecord, session: SessionKey, checkSignature: boolean): string | undefined {
  const { certificate, key } = session;
  if (record.kid !== certificate.kid) return 'signed with a key that is not certified here';
  if (record.time < certificate.not_before || record.time > certificate.not_after)
    return 'signed outside the time its key is certified for';
  if (checkSignature && !isSigned(recordText(record.hash), record.sig, key))
    return 'a signature its key did not make';
  return undefined;
}
