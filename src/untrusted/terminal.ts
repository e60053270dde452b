import { HIDDEN } from '../shared/text.ts';

/**
 * JSON that does nothing to a terminal: characters that are not seen, or that change how others are, are written as
 * `\uXXXX`. It reads back as the same value.
 */
export function terminalJson(json: string): string {
  return json.replace(HIDDEN, (found) => (found === '\n' ? found : escaped(found)));
}

function escaped(found: string): string {
  return Array.from({ length: found.length }, (_, at) => {
    return `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
