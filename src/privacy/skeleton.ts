/** A text as it looks, for detectors, and where each piece of it is in the original. */
export interface Skeleton {
  readonly text: string;
  /** The original's range behind a range of the text. */
  readonly range: (start: number, end: number) => readonly [number, number];
}

/** Beyond ASCII: digits, dashes, spaces, marks, hidden characters and other forms of letters. */
const DISGUISED =
  /(?![ -~\t\n\r])[\p{Cc}\p{N}\p{Pd}\p{Zs}\p{M}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\u2212\u2800\u2024\uFE50-\uFE6F\uFF00-\uFFEF\u{1D400}-\u{1D7FF}\u{1F100}-\u{1F1FF}\u{24B6}-\u{24E9}]/u;
const PLAIN = /^[ -~\t\n\r]*$/u;
const UNSEEN = /^(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}\u2800]$/u;
const DASH = /^[\p{Pd}\u2212]$/u;
const SPACE = /^\p{Zs}$/u;
const DIGIT = /^\p{Nd}$/u;

/**
 * Reads a text as a person would: digits of any script as ASCII, dashes and spaces as the plain ones, nothing hidden.
 * Detection does not rely on an earlier step for that.
 */
export function skeletonOf(original: string): Skeleton {
  if (PLAIN.test(original) || !DISGUISED.test(original))
    return { text: original, range: (start, end) => [start, end] };
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let at = 0;
  for (const character of original) {
    const plain = plainOf(character);
    const end = at + character.length;
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    text += plain;
    at = end;
  }
  return { text, range: (start, end) => [starts[start] ?? 0, ends[end - 1] ?? original.length] };
}

function plainOf(character: string): string {
  if (character >= ' ' && character <= '~') return character;
  if (UNSEEN.test(character)) return '';
  if (DASH.test(character)) return '-';
  if (SPACE.test(character)) return ' ';
  const normal = character.normalize('NFKC');
  return DIGIT.test(normal) ? digitOf(normal) : normal;
}

/** A script's ten digits begin at a code point that ends in 0 or, where that is no digit, in 6. */
function digitOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character;
  const row = code - (code % 16);
  return String(code - (DIGIT.test(String.fromCodePoint(row)) ? row : row + 6));
}
