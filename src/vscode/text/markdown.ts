import { cutText, HIDDEN, shortLine } from '../../shared/text.ts';

const MOST_TEXT = 600;
const MOST_CODE = 400;

/** Hidden characters written out as `\u202E`, so that they are seen and do nothing. */
export function written(value: string): string {
  return value.replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(''),
  );
}

/**
 * Third-party text within a line of Markdown. Nothing in it makes a link, an image, HTML, emphasis, mathematics, a
 * list or a heading. Mail addresses are code spans, and two slashes are kept apart by one: some previews look for
 * addresses where escapes are gone already.
 */
export function text(value: string, most = MOST_TEXT): string {
  return shortLine(value, most)
    .split(/([^\s()<>,;"']*@[^\s()<>,;"']*)/u)
    .map((part, at) => (at % 2 === 1 ? code(part) : escaped(part)))
    .join('');
}

/** An underscore between letters stays as it is, since it means nothing there. */
function escaped(part: string): string {
  return part
    .replace(/[\\`*[\]<>~$|!&#]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^(\d*)(?=[.)])|^(?=[-+=])/u, '$1\\')
    .replace(/\bwww\./giu, (found) => `${found.slice(0, -1)}\\.`)
    .replace(/\/+(?=\/)/gu, '`$&`');
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
