import { findEmails } from './find-emails.ts';
import { findIbans } from './find-iban.ts';
import { findCards, findPhones, findSsns } from './find-numbers.ts';
import { findJwts, findSecrets, findWorkosKeys } from './find-secrets.ts';
import { DETECTOR_NAMES, type DetectorName } from './policy.ts';
import { skeletonOf } from './skeleton.ts';
import type { Span } from './span.ts';

/** What was recognised, and where; `text` as it looks, without what hides in it. */
export interface Detection extends Span {
  readonly detector: DetectorName;
  readonly text: string;
}

const FINDERS: Readonly<Record<DetectorName, (text: string) => readonly Span[]>> = {
  secret: findSecrets,
  workos_key: findWorkosKeys,
  jwt: findJwts,
  iban: findIbans,
  card: findCards,
  ssn: findSsns,
  email: findEmails,
  phone: findPhones,
};

/** Shorter than any that has neither a digit nor an @. */
const SHORTEST_KEY = 16;
/** How many digits there are at least in what is told by digits. */
const LEAST_DIGITS: Readonly<Partial<Record<DetectorName, number>>> = { iban: 4, card: 13, ssn: 9, phone: 8 };
/** What most texts are, and what holds nothing: ids as WorkOS makes them, and times. */
const HARMLESS =
  /^(?:(?:org|conn|directory|user|event|audit|session|role)[a-z_]{0,30}_[0-9A-Z]{26}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)$/u;

/** What the chosen detectors recognise in a text, from its start to its end, none overlapping another. */
export function detect(original: string, chosen: ReadonlySet<DetectorName>): readonly Detection[] {
  if (chosen.size === 0 || HARMLESS.test(original)) return [];
  const { text, range } = skeletonOf(original);
  const digits = countDigits(text);
  if (text.length < SHORTEST_KEY && digits === 0 && !text.includes('@')) return [];
  const found: Detection[] = [];
  for (const detector of DETECTOR_NAMES) {
    if (!chosen.has(detector) || digits < (LEAST_DIGITS[detector] ?? 0)) continue;
    for (const span of FINDERS[detector](text)) {
      const [start, end] = range(span.start, span.end);
      found.push({ detector, start, end, text: text.slice(span.start, span.end) });
    }
  }
  return found.length > 1 ? withoutOverlaps(found) : found;
}

const ENOUGH_DIGITS = 13;

/** Digits of a text; more than enough are not counted. */
function countDigits(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length && digits < ENOUGH_DIGITS; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x30 && unit <= 0x39) digits += 1;
  }
  return digits;
}

/** Where two overlap, the earlier detector's stays; what sticks out of it goes with it. */
function withoutOverlaps(found: readonly Detection[]): Detection[] {
  const rank = new Map(found.map((detection, index) => [detection, index]));
  const kept: Detection[] = [];
  for (const next of found.toSorted((a, b) => a.start - b.start || (rank.get(a) ?? 0) - (rank.get(b) ?? 0))) {
    const last = kept.at(-1);
    if (last === undefined || next.start >= last.end) {
      kept.push(next);
      continue;
    }
    const first = (rank.get(last) ?? 0) <= (rank.get(next) ?? 0) ? last : next;
    kept[kept.length - 1] = { ...first, start: last.start, end: Math.max(last.end, next.end) };
  }
  return kept;
}
