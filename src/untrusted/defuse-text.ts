import { withoutHidden } from './hidden.ts';
import { withoutMarkup } from './markup.ts';

/** The longest text that is shown, in characters. */
export const LONGEST_TEXT = 2_000;
/** So much of a text is looked at: what is hidden in it takes room too. */
const LONGEST_READ = 4 * LONGEST_TEXT;

/** Printable ASCII without the characters that could begin an entity, a tag, an image, a link, a fence or a heading. */
const HARMLESS = /^[ -"$%'-;=-Z\\^_a-}]*$/u;

/** Text from outside as one line in which nothing is hidden and nothing is active; it still reads as what it says. */
export function defuseText(text: string): string {
  return text.length > LONGEST_TEXT ? defuseLong(text).shown : short(text);
}

/** A long text as it may be shown, and how many of its characters were cut off. */
export function defuseLong(text: string): { readonly shown: string; readonly left: number } {
  const whole = short(text.slice(0, LONGEST_READ));
  if (text.length <= LONGEST_READ && whole.length <= LONGEST_TEXT) return { shown: whole, left: 0 };
  const shown = once(withoutOpenEnd(whole.slice(0, LONGEST_TEXT)));
  return { shown: `${shown}…`, left: text.length - shown.length };
}

function short(text: string): string {
  return HARMLESS.test(text) ? text : defused(text);
}

/** Twice: taking one thing away may put another together. What a third time would still change is built to do so. */
function defused(text: string): string {
  const first = once(text);
  if (first === text) return text;
  const twice = once(first);
  return once(twice) === twice ? twice : once(once(twice.replaceAll('&', '')));
}

function once(text: string): string {
  return withoutMarkup(withoutHidden(text));
}

const LONGEST_END = 200;

/** A cut text without the word, and the digits before it, that the cut may have halved: a half is not recognised any more. */
function withoutOpenEnd(cut: string): string {
  const end = cut.slice(-LONGEST_END);
  const whole = end.replace(/\S*$/u, '').replace(/[\p{Nd}\s.()+/-]*$/u, '');
  return cut.slice(0, cut.length - end.length) + whole;
}
