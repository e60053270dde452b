/** Tokens of some texts. */
export interface Counted {
  readonly counts: readonly number[];
  /** True when a tokenizer counted; false when they are estimated. */
  readonly exact: boolean;
}

/** Counts the tokens of texts, away from the calls they belong to. Never fails: what can't be counted is estimated. */
export interface TokenCounter {
  count(texts: readonly string[]): Promise<Counted>;
  /** What is under way is estimated at once. */
  close(): Promise<void>;
}

/** Estimates only, for where there is no tokenizer. */
export const ESTIMATING: TokenCounter = {
  count: async (texts) => estimated(texts),
  close: async () => undefined,
};

/** The estimates for some texts. */
export function estimated(texts: readonly string[]): Counted {
  return { counts: texts.map(estimateTokens), exact: false };
}

/** Longer texts are estimated by their beginning. */
const MOST_LOOKED_AT = 65_536;

/** About how many o200k tokens a text of JSON or English has, in one pass: runs of the same kind of character make tokens. */
function estimateTokens(text: string): number {
  const looked = Math.min(text.length, MOST_LOOKED_AT);
  let tokens = 0;
  let from = 0;
  while (from < looked) {
    const kind = kindOf(text.charCodeAt(from));
    let to = from + 1;
    while (to < looked && kindOf(text.charCodeAt(to)) === kind) to += 1;
    tokens += TOKENS[kind](to - from);
    from = to;
  }
  return looked === 0 ? 0 : Math.round((tokens * text.length) / looked);
}

type CharacterKind = 'lower' | 'upper' | 'digit' | 'space' | 'sign' | 'other';

/** How many tokens a run of so many characters of a kind has; measured on results of the ten tools. */
const TOKENS: Readonly<Record<CharacterKind, (length: number) => number>> = {
  lower: (length) => (length <= 2 ? 0.7 : 1 + Math.max(0, length - 8) / 5),
  upper: (length) => (length <= 1 ? 0.5 : length / 2.1),
  digit: (length) => Math.ceil(length / 3),
  space: () => 0.1,
  sign: (length) => Math.ceil(length / 3),
  other: (length) => length / 1.5,
};

function kindOf(code: number): CharacterKind {
  if (code >= 0x61 && code <= 0x7a) return 'lower';
  if (code >= 0x30 && code <= 0x39) return 'digit';
  if (code >= 0x41 && code <= 0x5a) return 'upper';
  if (code <= 0x20) return 'space';
  return code < 0x80 ? 'sign' : 'other';
}
