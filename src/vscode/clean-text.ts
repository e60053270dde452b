const LONGEST_LABEL = 200;

/** Third-party text as one line: no control, bidi, zero-width or private characters, no towers of accents. */
export function cleanLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}\u{E0000}-\u{E007F}\u115F\u1160\u2800\u3164\uFFA0]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
}

/** A line cut to a number of characters, with an ellipsis where something is missing. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
}

/** Third-party text fit for a label, a notification or a dialog: one short line in which `[text](link)` is no link. */
export function cleanLabel(text: string): string {
  return shortLine(text).replaceAll('](', '] (');
}

/** A label for pickers, where `$(name)` would show an icon. */
export function pickerLabel(text: string): string {
  return cleanLabel(text).replaceAll('$(', '$ (');
}

/** Third-party text inside Markdown: nothing in it makes a link, an image, HTML, a list or a heading. */
export function cleanMarkdown(text: string): string {
  return shortLine(text)
    .replace(/[\\`*_[\]#!|<>~&$@]/gu, '\\$&')
    .replace(/:(?=\/\/)/gu, '\\:')
    .replace(/\b(www)\./giu, '$1\\.')
    .replace(/^(\d*)([-+=.)])/u, '$1\\$2');
}

/** Cut before it is looked at: a text of any length costs the same. */
function shortLine(text: string): string {
  return cutText(cleanLine(text.slice(0, 4 * LONGEST_LABEL)), LONGEST_LABEL);
}
