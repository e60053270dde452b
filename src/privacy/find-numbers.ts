import type { Span } from './span.ts';

const RUN = /\d+(?:[ .-]{1,3}\d+)*/gu;
const GROUP = /\d+/gu;
/** How the digits of a card are written in groups, by the lengths of the groups. */
const CARD_GROUPS = /^(?:\d+|4,4,4,[1-7]|4,4,4,4,[1-3]|4,6,[45]|4,3,3,3|8,8|6,(?:7|9|1[0-3]))$/u;
/** First digits and lengths of the card networks. */
const CARD_NUMBERS =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:2(?:2[1-9]|[3-9]\d)|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)(?:\d{11}|\d{13})|(?:6011|64[4-9]\d|65\d\d|35(?:2[89]|[3-8]\d)|62\d\d|220[0-4])\d{12,15}|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15})$/u;
const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;

interface Group extends Span {
  readonly digits: string;
  /** What stands between it and the group before. */
  readonly gap: string;
}

/** Payment cards: the digits of a network, by its lengths and groups, with the right check digit. */
export function findCards(text: string): Span[] {
  const spans: Span[] = [];
  for (const { index, 0: run } of text.matchAll(RUN)) {
    if (run.length < SHORTEST_CARD) continue;
    let behind = index;
    const groups = Array.from(run.matchAll(GROUP), ({ index: at, 0: digits }): Group => {
      const start = index + at;
      const gap = text.slice(behind, start);
      behind = start + digits.length;
      return { digits, gap, start, end: behind };
    });
    for (let first = 0; first < groups.length; first += 1) {
      const last = cardFrom(text, groups, first);
      if (last === undefined) continue;
      spans.push({ start: groups[first]?.start ?? 0, end: groups[last]?.end ?? 0 });
      first = last;
    }
  }
  return spans;
}

/** The last group of the card that begins with this one. */
function cardFrom(text: string, groups: readonly Group[], first: number): number | undefined {
  let digits = '';
  let lengths = '';
  const gap = groups[first + 1]?.gap;
  for (let last = first; last < groups.length; last += 1) {
    const group = groups[last];
    if (group === undefined || (last > first && group.gap !== gap)) return undefined;
    digits += group.digits;
    lengths += `${last > first ? ',' : ''}${group.digits.length}`;
    if (digits.length > LONGEST_CARD) return undefined;
    if (digits.length < SHORTEST_CARD || !CARD_GROUPS.test(lengths) || !CARD_NUMBERS.test(digits)) continue;
    if (luhn(digits) && standsAlone(text, groups[first]?.start ?? 0, group.end)) return last;
  }
  return undefined;
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.at(-1 - place));
    const weighed = place % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** No part of a word, a decimal or a UUID. */
function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 2);
  return !/[\p{L}\p{N}_]$|\d\.$|[\da-f]-$/iu.test(before) && !/^[\p{L}\p{N}_]|^\.\d|^-[\da-f]/iu.test(after);
}

const SSN =
  /(?<![\p{L}\p{N}_]|\d[.-])(?:(?!000|666|9)\d{3}|9\d{2}(?=[ .-](?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])))(?<gap>[ .-])(?!00)\d{2}\k<gap>(?!0000)\d{4}(?![\p{L}\p{N}_]|[.-]\d)/gu;

/** Social security numbers and taxpayer numbers of the United States, written in their three groups. */
export function findSsns(text: string): Span[] {
  return Array.from(text.matchAll(SSN), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

const PHONES: readonly RegExp[] = [
  // International: + and 8 to 15 digits.
  /(?<![\p{L}\p{N}_+])\+[1-9](?:[ .\-()/]{0,3}\d){7,14}(?!\d)/gu,
  // North America: 3-3-4.
  /(?<![\p{L}\p{N}_+/]|\d[.-]|\d )(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?![\p{L}\p{N}_]|[.-]\d)/gu,
  // Elsewhere: a leading zero, then groups.
  /(?<![\p{L}\p{N}_+:/]|\d[.-]|\d )\(?0[1-9]\d{0,4}\)?(?:[ /.-]\d{2,8}){1,4}(?![\p{L}\p{N}_:]|[.-]\d)/gu,
];
const DATE = /^\d{1,2}[./-]\d{1,2}[./-]\d{4}/u;

/** Phone numbers as people write them; digits without + and gaps are taken for ids. */
export function findPhones(text: string): Span[] {
  return PHONES.flatMap((pattern) =>
    Array.from(text.matchAll(pattern))
      .filter(({ 0: found }) => {
        const digits = found.replace(/\D/gu, '').length;
        return !DATE.test(found) && digits >= (found.startsWith('+') ? 8 : 9) && digits <= 15;
      })
      .map(({ index, 0: found }) => ({ start: index, end: index + found.length })),
  );
}
