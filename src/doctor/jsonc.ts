const STRING = String.raw`("(?:[^"\\]|\\.)*")`;
/** Strings, which stay, and comments. */
const COMMENTS = new RegExp(String.raw`^\uFEFF|${STRING}|\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/`, 'gu');
/** Strings, which stay, and commas before an end. */
const COMMAS = new RegExp(String.raw`${STRING}|,(?=\s*[}\]])`, 'gu');

/** JSON with comments and commas at ends, as editors keep it. Throws a SyntaxError for anything else. */
export function parseJsonc(text: string): unknown {
  const keepStrings = (_part: string, string: string | undefined) => string ?? ' ';
  return JSON.parse(text.replace(COMMENTS, keepStrings).replace(COMMAS, keepStrings));
}
