import { cutText, shortLine } from '../../shared/text.ts';
import { unlinked } from './markdown.ts';

/** A column of a table: what stands over it, and its cells from the first row to the last. */
export interface TextColumn {
  readonly title: string;
  readonly cells: readonly string[];
  /** Numbers stand under each other at their ends. */
  readonly right?: boolean;
}

/** Aligned lines of text under a line of titles, for a fixed-width font; empty columns are left out. */
export function textTable(columns: readonly TextColumn[]): string {
  const filled = columns
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .map(({ title, cells, right = false }) => {
      const width = cells.reduce((widest, cell) => Math.max(widest, widthOf(cell)), widthOf(title));
      return { title, cells, right, width };
    });
  const line = (texts: readonly string[]) =>
    filled
      .map(({ width, right }, at) => padded(texts[at] ?? '', width, right))
      .join('  ')
      .trimEnd();
  const rows = filled[0]?.cells.length ?? 0;
  const titles = line(filled.map(({ title }) => title));
  const rule = line(filled.map(({ width }) => '-'.repeat(width)));
  const body = Array.from({ length: rows }, (_, row) => line(filled.map(({ cells }) => cells[row] ?? '')));
  return [titles, rule, ...body].join('\n');
}

/** Third-party text in a cell: one line, nothing an editor takes for an address to open. */
export function cellText(value: string, most: number): string {
  return cutText(unlinked(shortLine(value, 4 * most)), most);
}

function padded(text: string, width: number, right: boolean): string {
  const pad = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? pad + text : text + pad;
}

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;

/** How many columns of a fixed-width font a text takes. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}
