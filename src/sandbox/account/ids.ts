import { hashText, mulberry32 } from './random.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
const INDEX_LENGTH = 5;

function encode(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let place = 0; place < length; place += 1) {
    text = CROCKFORD.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function scramble(seed: number, length: number): string {
  const next = mulberry32(seed);
  let text = '';
  for (let place = 0; place < length; place += 1) text += CROCKFORD.charAt(Math.floor(next() * 32));
  return text;
}

/** An id as WorkOS writes it: prefix and a ULID whose time part is the creation time. */
export function objectId(prefix: string, time: number, key: string): string {
  return `${prefix}_${encode(time, TIME_LENGTH)}${scramble(hashText(key), RANDOM_LENGTH)}`;
}

/** An id that also carries a row number, so that a huge generated list finds a row without a lookup table. */
export function indexedId(prefix: string, time: number, seed: number, index: number): string {
  const random = scramble((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0, RANDOM_LENGTH - INDEX_LENGTH);
  return `${prefix}_${encode(time, TIME_LENGTH)}${random}${encode(index, INDEX_LENGTH)}`;
}

/** The row number inside an id made by `indexedId`; the caller compares the whole id of that row. */
export function indexInId(id: string): number {
  let index = 0;
  for (const letter of id.slice(-INDEX_LENGTH)) {
    const digit = CROCKFORD.indexOf(letter);
    if (digit < 0) return -1;
    index = index * 32 + digit;
  }
  return index;
}
