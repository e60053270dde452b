import { parentPort } from 'node:worker_threads';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { isRecord } from '../shared/json.ts';

/** A run without a break costs the tokenizer its length squared: texts are counted in pieces of so many characters. */
const PIECE = 1_024;
/** Texts are data: nothing in them is a command to a model. */
const PLAIN = { disallowedSpecial: new Set<string>() };

function count(text: unknown): number {
  if (typeof text !== 'string') return 0;
  let tokens = 0;
  for (let from = 0; from < text.length; from += PIECE)
    tokens += countTokens(text.slice(from, from + PIECE), PLAIN);
  return tokens;
}

parentPort?.on('message', (message: unknown) => {
  if (!isRecord(message) || !Array.isArray(message['texts'])) return;
  parentPort?.postMessage({ id: message['id'], counts: message['texts'].map(count) }, []);
});
