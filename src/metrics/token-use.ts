import type { Payload } from '../gateway/record.ts';
import type { TokenUse } from './past.ts';
import type { TokenCounter } from './tokens.ts';

/** Characters. Of a longer text this much is counted, and the rest is taken to be like it. */
const MOST_COUNTED = 131_072;

/** The tokens of a call. Nothing is done before the call has been answered. */
export async function tokensOf(payload: Payload, counter: TokenCounter): Promise<TokenUse> {
  await new Promise((answered) => setImmediate(answered));
  const texts = [textOf(payload.input), payload.shown, textOf(payload.whole)];
  const { counts, exact } = await counter.count(texts.map((text) => text.slice(0, MOST_COUNTED)));
  const [written = 0, result = 0, whole = 0] = counts.map((count, index) =>
    Math.round(count * Math.max(1, (texts[index]?.length ?? 0) / MOST_COUNTED)),
  );
  return { arguments: written, result, saved: Math.max(0, whole - result), exact };
}

/** As JSON; what can't be JSON has no tokens. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
