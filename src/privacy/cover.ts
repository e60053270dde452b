import { createHmac, randomBytes } from 'node:crypto';
import type { Kind, Mode } from './policy.ts';

/** Made anew in each process, so that nobody can try out which value a hash stands for. */
const KEY = randomBytes(32);
const HASH_LENGTH = 12;
const LAST = 4;
/** What is shorter would be told by its end. */
const LONG_KEY = 24;
const LONG_NUMBER = 12;
const SSN_DIGITS = 9;
const SHORTEST_PHONE = 8;

/** What is shown in place of a value. */
export function cover(kind: Kind, value: string, mode: Exclude<Mode, 'off'>): string {
  if (mode === 'hash') return `[${kind}:${hashOf(kind, value)}]`;
  return mode === 'partial' ? partOf(kind, value) : `[redacted:${kind}]`;
}

/** The same for equal values, however they are written. */
function hashOf(kind: Kind, value: string): string {
  const hmac = createHmac('sha256', KEY).update(`${kind}\n${plainForm(kind, value)}`);
  return hmac.digest('hex').slice(0, HASH_LENGTH);
}

function plainForm(kind: Kind, value: string): string {
  if (kind === 'email') return value.toLowerCase();
  if (kind === 'iban') return value.replace(/[ -]/gu, '').toUpperCase();
  return kind === 'card' || kind === 'ssn' || kind === 'phone' ? value.replace(/\D/gu, '') : value;
}

/** A part that gives little away; nothing of a value that is too short or not of the form its kind has. */
function partOf(kind: Kind, value: string): string {
  const digits = value.replace(/\D/gu, '');
  const at = value.lastIndexOf('@');
  if (kind === 'email' && at > 0) return `${at > 1 ? firstOf(value) : ''}***${value.slice(at)}`;
  if (kind === 'iban' && value.length >= LONG_NUMBER)
    return `${value.slice(0, 2).toUpperCase()}***${value.slice(-LAST)}`;
  if (kind === 'card' && digits.length >= LONG_NUMBER) return `***${digits.slice(-LAST)}`;
  if (kind === 'ssn' && digits.length === SSN_DIGITS) return `***${digits.slice(-LAST)}`;
  if (kind === 'phone' && digits.length >= SHORTEST_PHONE) return `***${digits.slice(-2)}`;
  if ((kind === 'secret' || kind === 'workos_key') && value.length >= LONG_KEY)
    return `***${value.slice(-LAST)}`;
  return `[redacted:${kind}]`;
}

function firstOf(text: string): string {
  const [first = ''] = text;
  return first;
}
