import type { Span } from './span.ts';

const LONGEST_LOCAL = 128;
const LOCAL = /[\p{L}\p{N}\p{M}._%+'-]/u;
const DOMAIN = /(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,62}\.){1,8}\p{L}[\p{L}\p{N}\p{M}-]{1,62}/uy;

/** Email addresses. Looks around each @, so that a long word without one costs nothing. */
export function findEmails(text: string): Span[] {
  const spans: Span[] = [];
  let done = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = localStart(text, at, Math.max(done, at - LONGEST_LOCAL));
    while (start < at && /[.'%+-]/u.test(text.charAt(start))) start += 1;
    if (start === at) continue;
    DOMAIN.lastIndex = at + 1;
    if (!DOMAIN.test(text)) continue;
    done = DOMAIN.lastIndex;
    spans.push({ start, end: done });
  }
  return spans;
}

function localStart(text: string, at: number, least: number): number {
  let start = at;
  while (start > least) {
    // A letter beyond the first plane has two units.
    const pair = /[\uDC00-\uDFFF]/u.test(text.charAt(start - 1)) && start - 1 > least ? 2 : 1;
    if (!LOCAL.test(text.slice(start - pair, start))) break;
    start -= pair;
  }
  return start;
}
