/** Third-party text as one line without control, bidi or zero-width characters, fit for a label. */
export function cleanLabel(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\u{E0000}-\u{E007F}]/gu, '')
    .trim()
    .slice(0, 200);
}

/** A label for pickers, where `$(name)` would show an icon. */
export function pickerLabel(text: string): string {
  return cleanLabel(text).replaceAll('$(', '$\u200B(');
}

/** Third-party text inside Markdown: nothing in it makes a link, an image, HTML or a heading. */
export function cleanMarkdown(text: string): string {
  return cleanLabel(text).replace(/[\\`*_[\]#!|<>~&$]/gu, '\\$&');
}
