import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its private key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** A private authority: its own certificate, and those it issues. */
export interface Authority {
  readonly cert: string;
  /** A certificate of a server with these DNS names; valid now unless `expired`. */
  issue(names: readonly string[], options?: { expired?: boolean }): Identity;
}

const SEQUENCE = 0x30;
const OBJECT_ID = 0x06;
const ECDSA_WITH_SHA256 = node(SEQUENCE, node(OBJECT_ID, hex('2a8648ce3d040302')));
const TRUE = node(0x01, Buffer.from([0xff]));
const DAY = 86_400_000;

/** Makes an authority that nobody trusts yet. */
export function createAuthority(): Authority {
  const own = pair();
  const name = commonName(`Test Authority ${randomBytes(4).toString('hex')}`);
  const issue = (
    subject: Buffer,
    publicKey: Buffer,
    extension: Buffer,
    from: number,
    until: number,
  ): string => {
    const body = node(
      SEQUENCE,
      node(0xa0, node(0x02, Buffer.from([2]))),
      node(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
      ECDSA_WITH_SHA256,
      name,
      node(SEQUENCE, time(from), time(until)),
      subject,
      publicKey,
      node(0xa3, node(SEQUENCE, extension)),
    );
    const signature = sign('sha256', body, own.key);
    return pem(node(SEQUENCE, body, ECDSA_WITH_SHA256, node(0x03, Buffer.from([0]), signature)));
  };
  const now = Date.now();
  const isAuthority = node(SEQUENCE, node(OBJECT_ID, hex('551d13')), TRUE, node(0x04, node(SEQUENCE, TRUE)));
  return {
    cert: issue(name, own.publicKey, isAuthority, now - DAY, now + DAY),
    issue: (names, { expired = false } = {}) => {
      const { key, publicKey } = pair();
      const alternatives = node(SEQUENCE, ...names.map((each) => node(0x82, Buffer.from(each, 'ascii'))));
      const extension = node(SEQUENCE, node(OBJECT_ID, hex('551d11')), node(0x04, alternatives));
      const until = expired ? now - DAY / 2 : now + DAY;
      return {
        cert: issue(commonName('Test Server'), publicKey, extension, now - DAY, until),
        key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

function pair(): { key: KeyObject; publicKey: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { key: privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }) };
}

function commonName(text: string): Buffer {
  const value = node(0x0c, Buffer.from(text, 'utf8'));
  return node(SEQUENCE, node(0x31, node(SEQUENCE, node(OBJECT_ID, hex('550403')), value)));
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '');
  return node(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}

/** A DER element. */
function node(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = hex(content.length.toString(16).padStart(4, '0'));
  return Buffer.concat([Buffer.from([tag, 0x82]), length, content]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
