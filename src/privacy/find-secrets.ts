import type { Span } from './span.ts';

/**
 * Keys and tokens by what they begin with. Each pattern ends in an open run or is bounded, so that a failed try is cheap
 * and a text of any content is read in linear time.
 */
const SHAPES: readonly string[] = [
  '(?:AKIA|ASIA)(?=[A-Z2-7]{0,15}[2-7])[A-Z2-7]{16}(?![A-Za-z0-9])',
  'gh[pousr]_[A-Za-z0-9]{10,}',
  'github_pat_\\w{10,}',
  'glpat-[\\w-]{10,}',
  'xox[a-z]-[A-Za-z0-9-]{10,}',
  'xapp-\\d-[A-Za-z0-9-]{10,}',
  'rk_(?:live|test)_\\w{8,}',
  'whsec_[A-Za-z0-9+/=_-]{10,}',
  'AIza[\\w-]{16,}',
  'GOCSPX-[\\w-]{10,}',
  'ya29\\.[\\w-]{20,}',
  'npm_[A-Za-z0-9]{36}',
  'pypi-[\\w-]{50,}',
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,}',
  'shp(?:at|ca|pa|ss)_[a-f0-9]{10,}',
  'dop_v1_[a-f0-9]{10,}',
  'hf_[A-Za-z0-9]{30,}',
  '(?<mixed>sk-[\\w-]{20,})',
];
/** Without case: a text may have been made a title. */
const PREFIXED = new RegExp(`(?<![A-Za-z0-9])(?:${SHAPES.join('|')})`, 'giu');
/** A text without any of these is not worth a closer look. */
const BEGINNINGS: readonly string[] = (
  'akia asia ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- xox xapp- rk_ ' +
  'whsec_ aiza gocspx- ya29. npm_ pypi- sg. shp dop_v1_ hf_ sk-'
).split(' ');
const SLACK_HOOK = /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{10,}/gu;
/** Here only what follows `keep` is secret. */
const URL_PASSWORD = /(?<keep>:\/\/[^\s:@/]{0,128}:)[^\s@/]{1,256}(?=@)/gu;
const IN_CONTEXT: readonly RegExp[] = [
  /(?<keep>secret_?access_?key["']?\s{0,5}[=:]\s{0,5}["']?)[A-Za-z0-9+/]{40}/giu,
  /(?<keep>bearer )[\w.~+/-]{20,}=*/giu,
];
const SHORTEST_IN_CONTEXT = 27;
const WORKOS_KEY = /(?<![A-Za-z0-9])sk_(?:(?:live|test|example)_\w{8,}|(?<mixed>[A-Za-z0-9]{20,}))/giu;
const PEM_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/gu;
const PEM_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/gu;

/** Keys of well-known services, passwords in URLs, bearer tokens and private keys. */
export function findSecrets(text: string): Span[] {
  const patterns: RegExp[] = [];
  const lower = text.toLowerCase();
  if (BEGINNINGS.some((beginning) => lower.includes(beginning))) patterns.push(PREFIXED);
  if (text.includes('://')) patterns.push(SLACK_HOOK, URL_PASSWORD);
  if (text.length >= SHORTEST_IN_CONTEXT) patterns.push(...IN_CONTEXT);
  return [...privateKeys(text), ...patterns.flatMap((pattern) => matches(text, pattern))];
}

/** Keys as WorkOS writes them; Stripe's look the same. */
export function findWorkosKeys(text: string): Span[] {
  return /sk_/iu.test(text) ? matches(text, WORKOS_KEY) : [];
}

function matches(text: string, pattern: RegExp): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    const { keep = '', mixed } = match.groups ?? {};
    if (mixed !== undefined && !looksRandom(mixed)) continue;
    spans.push({ start: match.index + keep.length, end: match.index + match[0].length });
  }
  return spans;
}

/** What people write has rarely digits and letters of both cases in one word. */
function looksRandom(word: string): boolean {
  return /\d/u.test(word) && /[a-z]/u.test(word) && /[A-Z]/u.test(word);
}

/** From the first line of a private key to its last, or to the end of the text where that is missing. */
function privateKeys(text: string): Span[] {
  if (!text.includes('PRIVATE KEY')) return [];
  const spans: Span[] = [];
  let done = 0;
  for (const begin of text.matchAll(PEM_BEGIN)) {
    if (begin.index < done) continue;
    PEM_END.lastIndex = begin.index + begin[0].length;
    const end = PEM_END.exec(text);
    done = end === null ? text.length : end.index + end[0].length;
    spans.push({ start: begin.index, end: done });
  }
  return spans;
}

const RUN = /[\w.-]+/gu;
/** A token has up to five parts; two have to be there. */
const MOST_PARTS = 5;

/** JSON Web Tokens: two parts that begin as base64 of `{"`, joined by a dot. */
export function findJwts(text: string): Span[] {
  if (!/\.eyJ/iu.test(text)) return [];
  const spans: Span[] = [];
  for (const { index, 0: run } of text.matchAll(RUN)) {
    let from = index;
    const parts = run.split('.').map((part) => {
      const start = from;
      from += part.length + 1;
      return { part, start };
    });
    for (let place = 0; place + 1 < parts.length; place += 1) {
      const begins = parts[place]?.part.search(/eyJ/iu) ?? -1;
      if (begins < 0 || !/^eyJ[\w-]{5}/iu.test(parts[place + 1]?.part ?? '')) continue;
      const last = parts[Math.min(place + MOST_PARTS, parts.length) - 1];
      const end = last === undefined ? index + run.length : last.start + last.part.length;
      spans.push({ start: (parts[place]?.start ?? index) + begins, end });
      place += MOST_PARTS - 1;
    }
  }
  return spans;
}
