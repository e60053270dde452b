/** Text from outside as one line without control, bidi, zero-width or tag characters, of at most `max` characters. */
export function oneLine(text: string, max: number): string {
  return (
    text
      .replace(/[\p{Cf}\u{E0000}-\u{E007F}]/gu, '')
      .replace(/ *[\p{Cc}\p{Zl}\p{Zp}]+ */gu, ' ')
      .trim()
      .slice(0, max)
      // Halves of characters: sent, or made by the cut.
      .replace(/\p{Cs}/gu, '')
  );
}
