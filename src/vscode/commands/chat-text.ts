import { cleanLine, cutText } from '../text/clean-text.ts';

const LONGEST = 100;

/** A name for the chat input: it can't end its quotes, nor call a tool, a file or an agent of the chat. */
export function chatName(name: string): string {
  const line = cleanLine(name.slice(0, 4 * LONGEST)).replace(/["“”„`\\]/gu, "'");
  return cutText(line.replace(/(^|[\s'])[#@/]+/gu, '$1'), LONGEST);
}

/** An id for the chat input: nothing but the characters ids are made of. */
export function chatId(id: string): string {
  return id.replace(/[^\w.@-]/gu, '').slice(0, LONGEST);
}
