/** What Markdown, HTML and chat templates act upon, and the same so that it is read and does nothing. */
const ACTIVE: readonly (readonly [active: RegExp, inert: string])[] = [
  // An image is fetched when it is shown, with whatever its address says.
  [/!(?=\[)/gu, '! '],
  [/\](?=[([])/gu, '] '],
  // The address of a link by name.
  [/^( {0,3}\[[^\]]*\])(?=:)/u, '$1 '],
  // Tags, comments, and the marks by which models tell who speaks.
  [/<(?=[a-z/!?|\uFF5C])/giu, '‹'],
  [/\[(?=\/?(?:INST|SYS(?:TEM(?:_PROMPT)?)?|TOOL_(?:CALLS|RESULTS)|AVAILABLE_TOOLS)\])/giu, '[ '],
  [/`{3,}/gu, "'''"],
  [/~{3,}/gu, '~~'],
  [/#{2,}/gu, '#'],
];

/** A text without any of these does nothing. */
const SUSPECT = /[![<\]`~#]/u;

/** A line of text in which nothing is an image, a link, HTML, a code fence, a heading or the mark of another speaker. */
export function withoutMarkup(line: string): string {
  if (!SUSPECT.test(line)) return line;
  return ACTIVE.reduce((shown, [active, inert]) => shown.replace(active, inert), line);
}
