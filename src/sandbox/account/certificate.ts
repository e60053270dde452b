import { generateKeyPairSync, sign } from 'node:crypto';

/** Who a certificate names and how long it is valid. */
export interface CertificateRequest {
  commonName: string;
  notBefore: Date;
  notAfter: Date;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const GENERALIZED_TIME = 0x18;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const EXPLICIT_0 = 0xa0;

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';

function element(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const hex = content.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

function name(commonName: string): Buffer {
  const type = element(OBJECT_ID, Buffer.from(COMMON_NAME, 'hex'));
  const value = element(UTF8_STRING, Buffer.from(commonName, 'utf8'));
  return element(SEQUENCE, element(SET, element(SEQUENCE, type, value)));
}

// RFC 5280 wants UTCTime until 2049 and GeneralizedTime after it.
function time(date: Date): Buffer {
  const digits = `${date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  if (date.getUTCFullYear() < 2050) return element(UTC_TIME, Buffer.from(digits.slice(2), 'ascii'));
  return element(GENERALIZED_TIME, Buffer.from(digits, 'ascii'));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** Makes real, self-signed X.509 certificates that share one ECDSA key, drawn at the first call. */
export function certificateMaker(): (request: CertificateRequest) => string {
  let pair: { publicKey: Buffer; privateKey: string } | undefined;
  return ({ commonName, notBefore, notAfter }) => {
    pair ??= generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const algorithm = element(SEQUENCE, element(OBJECT_ID, Buffer.from(ECDSA_WITH_SHA256, 'hex')));
    const serial = Buffer.from(notAfter.getTime().toString(16).padStart(16, '0'), 'hex');
    const body = element(
      SEQUENCE,
      element(EXPLICIT_0, element(INTEGER, Buffer.from([2]))),
      element(INTEGER, trimmed(serial)),
      algorithm,
      name(commonName),
      element(SEQUENCE, time(notBefore), time(notAfter)),
      name(commonName),
      pair.publicKey,
    );
    const signature = sign('sha256', body, pair.privateKey);
    return pem(element(SEQUENCE, body, algorithm, element(BIT_STRING, Buffer.from([0]), signature)));
  };
}

// DER keeps an integer minimal: leading zero bytes go, unless the sign bit needs one.
function trimmed(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0 && (bytes[start + 1] ?? 0) < 0x80) start += 1;
  return bytes.subarray(start);
}
