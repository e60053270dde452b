/**
 * Characters that are not seen, or that change how others are: control, bidi, zero-width, fillers, private, tags,
 * halves. The two selectors that make an emoji of a sign stay.
 */
export const HIDDEN =
  /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Printable ASCII. */
const PLAIN = /^[ -~]*$/u;

/** Text from outside as one line: nothing hidden, no towers of accents. */
export function cleanLine(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text
    .replace(/ *[\p{Cc}\p{Zl}\p{Zp}]+ */gu, ' ')
    .replace(HIDDEN, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
}

/** A line cut to a number of characters, with an ellipsis where something is missing. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}

/** Text from outside as a short line. Cut before it is looked at: a text of any length costs the same. */
export function shortLine(text: string, longest: number): string {
  return cutText(cleanLine(text.slice(0, 4 * longest)), longest);
}

/** A count and its noun, as `1 record` and `2 records`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
