import type { Span } from './span.ts';

/** Length of an IBAN by country (ISO 13616 registry). */
const LENGTHS =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
  'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
  'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
  'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30';
const LENGTH_BY_COUNTRY: ReadonlyMap<string, number> = new Map(
  LENGTHS.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const BEGIN = /(?<![\p{L}\p{N}_])[A-Z]{2}[ -]?\d{2}/giu;

/** Bank accounts as IBAN: a country, its length and the right check digits; groups may be parted. */
export function findIbans(text: string): Span[] {
  const spans: Span[] = [];
  for (const { index } of text.matchAll(BEGIN)) {
    const length = LENGTH_BY_COUNTRY.get(text.slice(index, index + 2).toUpperCase());
    const found = length === undefined ? undefined : readGrouped(text, index, length);
    if (found !== undefined && rest97(found.letters) === 1) spans.push({ start: index, end: found.end });
  }
  return spans;
}

/** So many letters and digits from here on, at most one gap between two of them, and no more behind them. */
function readGrouped(text: string, start: number, length: number) {
  let letters = '';
  let at = start;
  while (letters.length < length) {
    if (letters !== '' && /[ -]/u.test(text.charAt(at))) at += 1;
    const letter = text.charAt(at);
    if (!/[A-Z\d]/iu.test(letter)) return undefined;
    letters += letter.toUpperCase();
    at += 1;
  }
  return /[\p{L}\p{N}_]/u.test(text.charAt(at)) ? undefined : { letters, end: at };
}

function rest97(letters: string): number {
  const turned = letters.slice(4) + letters.slice(0, 4);
  let rest = 0;
  for (const letter of turned) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
