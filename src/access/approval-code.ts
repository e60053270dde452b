import { randomBytes } from 'node:crypto';

/** 32 signs that nobody takes for each other: no I and 1, no O and 0. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const HALF = 4;

/** A code of 40 random bits that a person can read out, as ABCD-2345. */
export function newCode(): string {
  const signs = Array.from(randomBytes(2 * HALF), (byte) => SIGNS[byte % SIGNS.length]).join('');
  return `${signs.slice(0, HALF)}-${signs.slice(HALF)}`;
}

/** A code as it was typed, in the form codes have. */
export function normalCode(typed: string): string {
  const signs = typed.toUpperCase().replace(/[^A-Z0-9]/gu, '');
  return `${signs.slice(0, HALF)}-${signs.slice(HALF)}`;
}
