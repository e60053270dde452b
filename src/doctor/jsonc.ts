/** Runs to the end of the text where it has no end of its own: a try that fails would be made again at each quote in it. */
const STRING = String.raw`("[^"\\]*(?:\\[^][^"\\]*)*"?)`;
/** Strings, which stay, and comments; those without an end stay as well. */
const COMMENTS = new RegExp(
  String.raw`^\uFEFF|${STRING}|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|($))`,
  'gu',
);
/** Strings, which stay, and commas before an end. */
const COMMAS = new RegExp(String.raw`${STRING}|,(?=\s*[}\]])`, 'gu');

/** JSON with comments and commas at ends, as editors keep it, in linear time. Throws a SyntaxError for anything else. */
export function parseJsonc(text: string): unknown {
  const plain = text.replace(COMMENTS, (part, string?: string, open?: string) =>
    open === undefined ? (string ?? ' ') : part,
  );
  return JSON.parse(plain.replace(COMMAS, (_part, string?: string) => string ?? ' '));
}
