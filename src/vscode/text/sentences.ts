import { cleanLine } from './clean-text.ts';

/** As much as a notification shows of a message. */
const LONGEST = 1_000;
/** What is left of the end of a text that is too long: hints and questions stand there. */
const END = 400;

/**
 * Sentences with third-party text in them, as one line for a notification or a dialog: whole, and with no link. What
 * is too long, as a name in it, is cut in its middle.
 */
export function cleanSentences(...sentences: readonly (string | undefined)[]): string {
  const line = sentences
    .filter((sentence) => sentence !== undefined)
    .map((sentence) => cleanLine(sentence))
    .filter((sentence) => sentence !== '')
    .join(' ');
  return cutMiddle(line.replaceAll('](', '] ('), LONGEST);
}

/** The same for an input box, which draws icons too. */
export function cleanQuestion(text: string): string {
  return cleanSentences(text).replaceAll('$(', '$ (');
}

function cutMiddle(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = Array.from(text);
  if (characters.length <= longest) return text;
  return [...characters.slice(0, longest - END - 1), '…', ...characters.slice(-END)].join('');
}
