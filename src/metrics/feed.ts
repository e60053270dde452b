import { isToolName, tools } from '../tools/registry.ts';

/** What a call does: looks, changes, or destroys. */
export type Verb = 'query' | 'mutation' | 'destructive';

/** What a call of a tool does, as its annotations say. */
export function verbOf(tool: string): Verb {
  if (!isToolName(tool)) return 'query';
  const { readOnlyHint, destructiveHint } = tools[tool].annotations;
  if (readOnlyHint) return 'query';
  return destructiveHint ? 'destructive' : 'mutation';
}

/** A finished call as a person follows it live. */
export interface FeedEntry {
  /** The number of the call in this process. */
  readonly call: number;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly tool: string;
  readonly verb: Verb;
  readonly client: string;
  /** `ok`, or the code of the error. */
  readonly status: string;
  readonly ms: number;
  /** Size of the arguments, and of the answer, as JSON. */
  readonly inputBytes: number;
  readonly bytes: number;
  /** How many values were covered, by kind. */
  readonly covered?: Readonly<Record<string, number>> | undefined;
  /** The beginning of the answer, after redaction; absent where nothing was redacted. */
  readonly preview?: string | undefined;
}

/** How many calls are kept, and how many characters of each. */
export const FEED_LENGTH = 200;
export const PREVIEW_LENGTH = 1_000;

/** The latest calls, oldest first. */
export class Feed {
  readonly #entries: FeedEntry[] = [];

  /** Keeps a call, and lets go of the oldest. */
  add(entry: FeedEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > FEED_LENGTH) this.#entries.shift();
  }

  entries(): readonly FeedEntry[] {
    return this.#entries;
  }
}

/** The beginning of a text, as a copy: a mere slice would keep the whole in memory. */
export function preview(text: string): string {
  const start = text.slice(0, PREVIEW_LENGTH).toWellFormed();
  return Buffer.from(text.length > PREVIEW_LENGTH ? `${start}…` : start).toString();
}
