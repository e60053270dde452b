import { cleanLine, cutText } from '../clean-text.ts';

/** Characters that are not seen, or that change how others are: control, format (bidi, zero-width), private, tags. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u{E0000}-\u{E007F}\u115F\u1160\u2800\u3164\uFFA0]/gu;
const MOST_TEXT = 600;
const MOST_CODE = 400;

/** Third-party text as one line without hidden characters. */
export function oneLine(value: string, most = MOST_TEXT): string {
  return cutText(cleanLine(value.slice(0, 4 * most)), most);
}

/** Hidden characters written out as `\u202E`, so that they are seen and do nothing. */
export function written(value: string): string {
  return value.replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(''),
  );
}

/**
 * Third-party text within a line of Markdown. Nothing in it makes a link, an image, HTML, emphasis or mathematics;
 * an underscore between letters stays as it is, since it means nothing there.
 */
export function text(value: string, most = MOST_TEXT): string {
  return oneLine(value, most)
    .replace(/[\\`*[\]<>~$|!@&#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replaceAll(':/', ':\\/')
    .replace(/\bwww\./giu, (found) => `${found.slice(0, -1)}\\.`);
}

/** Third-party text in a code span, whatever is in it. */
export function code(value: string): string {
  const shown = unlinked(written(cutText(value, MOST_CODE)));
  if (shown.trim() === '') return '–';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/u.test(shown) ? ' ' : '';
  return fence + pad + shown + pad + fence;
}

/** A value as JSON in a fence that nothing in it can end; the JSON still reads back as the same value. */
export function jsonFence(value: unknown): string {
  const json = JSON.stringify(value, null, 2)
    .split('\n')
    .map((line) => written(line).replaceAll('://', ':\\/\\/'))
    .join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(json) + 1));
  return `${fence}json\n${json}\n${fence}`;
}

/** A list of facts; those without a value are left out. */
export function facts(pairs: readonly (readonly [label: string, value: string | undefined])[]): string {
  return pairs
    .flatMap(([label, value]) => (value === undefined || value === '' ? [] : [`- ${label}: ${value}`]))
    .join('\n');
}

/** A section with its heading; empty when there is nothing in it. */
export function section(heading: string, body: string): string {
  return body === '' ? '' : `## ${heading}\n\n${body}`;
}

/** A time as people read it, in UTC; other text as a time of nobody knows when. */
export function time(iso: string | undefined): string | undefined {
  if (iso === undefined) return undefined;
  const parsed = Date.parse(iso);
  return Number.isNaN(parsed)
    ? text(iso, 40)
    : `${new Date(parsed).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Text without anything that an editor takes for an address to open. */
export function unlinked(value: string): string {
  return value.replaceAll('://', ':\\u002F/');
}

function longestRun(value: string): number {
  return Math.max(0, ...[...value.matchAll(/`+/gu)].map(([run]) => run.length));
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`;
}
