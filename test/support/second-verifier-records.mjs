// A verifier written from docs/audit-format.md alone. It shares no code with the product, so that both can't be wrong in the same way.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const SPKI = '302a300506032b6570032100';
const DAY = 24 * 60 * 60 * 1000;
export const sha = (data) => createHash('sha256').update(data).digest('hex');
const isHex = (text, digits) => typeof text === 'string' && text.length === digits && !/[^0-9a-f]/.test(text);
const isTime = (text) => typeof text === 'string' && /^\d{4}(-\d\d){2}T\d\d(:\d\d){2}\.\d{3}Z$/.test(text);
const isUuid = (text) =>
  typeof text === 'string' &&
  /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
const hasOnly = (value, names) => Object.keys(value).sort().join() === names;
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** RFC 8785. */
export function jcs(value) {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('no such number in JSON');
  if (typeof value === 'string' && /[\ud800-\udfff]/u.test(value)) throw new Error('half a character');
  if (Array.isArray(value)) return `[${value.map(jcs).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const units = (text) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  const order = (a, b) => {
    const at = a.findIndex((unit, index) => unit !== b[index]);
    return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
  };
  const names = Object.keys(value).sort((a, b) => order(units(a), units(b)));
  return `{${names.map((name) => `${jcs(name)}:${jcs(value[name])}`).join()}}`;
}

const without = (value, ...names) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

const signed = (text, sig, key) => verify(null, Buffer.from(text, 'ascii'), key, Buffer.from(sig, 'hex'));

export function whole(line) {
  try {
    const value = JSON.parse(line.toString());
    const names = 'body,chain_id,event_id,hash,kid,kind,prev_hash,seq,sig,time,v';
    const ok =
      isObject(value) &&
      hasOnly(value, names) &&
      value.v === 1 &&
      isObject(value.body) &&
      typeof value.kind === 'string' &&
      Number.isSafeInteger(value.seq) &&
      value.seq >= 0 &&
      isUuid(value.chain_id) &&
      isUuid(value.event_id) &&
      isTime(value.time) &&
      isHex(value.prev_hash, 64) &&
      isHex(value.hash, 64) &&
      isHex(value.kid, 32) &&
      isHex(value.sig, 128) &&
      Buffer.compare(Buffer.from(jcs(value)), line) === 0 &&
      sha(jcs(without(value, 'hash', 'sig'))) === value.hash;
    return ok ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The session key of a certificate; `known` says whether its master key was at hand. */
export function certified(certificate, record, masters) {
  const names = 'assurance,chain_id,issuer,kid,not_after,not_before,public_key,sig,v';
  if (!isObject(certificate) || !hasOnly(certificate, names) || certificate.v !== 1) return undefined;
  const { chain_id, kid, public_key, not_before, not_after, issuer, sig, assurance } = certificate;
  if (typeof assurance !== 'string' || !isHex(public_key, 64) || !isHex(issuer, 32) || !isHex(sig, 128))
    return undefined;
  if (chain_id !== record.chain_id || kid !== record.kid || !isTime(not_before) || !isTime(not_after))
    return undefined;
  if (sha(Buffer.from(public_key, 'hex')).slice(0, 32) !== kid) return undefined;
  const lasts = Date.parse(not_after) - Date.parse(not_before);
  if (!(lasts >= 0 && lasts <= DAY)) return undefined;
  const key = createPublicKey({ key: Buffer.from(SPKI + public_key, 'hex'), format: 'der', type: 'spki' });
  const master = masters.get(issuer);
  if (master === undefined) return { key, known: false };
  const text = `workos-mcp audit key v1 ${sha(jcs(without(certificate, 'sig')))}`;
  return signed(text, sig, master) ? { key, known: true } : undefined;
}

export const genuine = (record, certificate, key) =>
  record.kid === certificate.kid &&
  record.time >= certificate.not_before &&
  record.time <= certificate.not_after &&
  signed(`workos-mcp audit record v1 ${record.hash}`, record.sig, key);

/** The lines of a file, without line ends. */
export function linesIn(file) {
  const bytes = readFileSync(file);
  const lines = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1)
    if (bytes[at] === 10) {
      lines.push(bytes.subarray(from, at));
      from = at + 1;
    }
  const rest = bytes.subarray(from);
  const object = /^\{(?:[^"{}]|"(?:[^"\\]|\\.)*"|[{}])*/su.exec(rest.toString('latin1'));
  let depth = 0;
  for (const { 0: token, index } of (object?.[0] ?? '').matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gsu)) {
    depth += token === '{' ? 1 : token === '}' ? -1 : 0;
    if (depth !== 0) continue;
    if (index + 1 < rest.length) lines.push(rest);
    break;
  }
  return lines;
}
