import { HIDDEN } from '../shared/text.ts';

/** The arguments a person is to judge, one per line as `name: JSON`, whole; what would not be seen is written as \u{200b}. */
export function shownArguments(input: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(input).map(([name, value]) => visible(`${name}: ${JSON.stringify(value)}`));
}

/** A line that shows all it holds; spaces that look like none, or like ours, are told apart too. */
function visible(text: string): string {
  return text
    .replace(HIDDEN, escaped)
    .replace(/(?! )\p{Zs}/gu, escaped)
    .replace(/[\uFE0E\uFE0F]/gu, escaped);
}

function escaped(sign: string): string {
  return `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`;
}
