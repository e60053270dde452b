import type { Caller } from '../gateway/caller.ts';
import { shortLine } from '../shared/text.ts';

const LONGEST = 60;

/** Where everything is counted that has no place of its own; parentheses are ours, no client's name begins so. */
export const OTHER = '(other)';

/** The name figures of a caller go by. A client names itself, so it may hold anything. */
export function clientLabel(caller: Caller): string {
  return caller.kind === 'person' ? surfaceLabel(caller.surface) : agentLabel(caller.client.name);
}

/** The name of a place a person calls from. */
export const surfaceLabel = (surface: string): string => `(${shortLine(surface, LONGEST)})`;

/** Whether a name is one of ours: a person's surface, or `OTHER`. */
export const isOurs = (label: string): boolean => label.startsWith('(');

/** The name of an agent's client. */
export function agentLabel(name: string): string {
  return shortLine(name.slice(0, 1_000).replace(/^[(\s]+/u, ''), LONGEST) || 'unknown';
}

/** The name of a connection token. */
const tokenLabel = (name: string): string => shortLine(name.slice(0, 1_000), LONGEST) || 'unknown';

/** The name of a connection token as it was then, and its id, which it keeps. */
export function tokenLabels({ id, name }: { readonly id?: string | undefined; readonly name: string }) {
  return { token: tokenLabel(name), ...(id !== undefined && { tokenId: tokenLabel(id) }) };
}

/** What each id was called last; of the `most` that were heard of last. */
export class LatestNames {
  readonly #most: number;
  readonly #names = new Map<string, { readonly name: string; readonly at: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes note of a name at a time. */
  hear(id: string, name: string, at: number): void {
    const before = this.#names.get(id);
    this.#names.delete(id);
    this.#names.set(id, before !== undefined && before.at > at ? before : { name, at });
    const [oldest] = this.#names.keys();
    if (this.#names.size > this.#most && oldest !== undefined) this.#names.delete(oldest);
  }

  /** The id itself, if none was heard. */
  of(id: string): string {
    return this.#names.get(id)?.name ?? id;
  }
}

/** The labels that have places of their own, at most `most`: a new one takes the place of the one unused longest. */
export class Labels {
  readonly #most: number;
  readonly #onEvict: (label: string) => void;
  /** In the order of last use. */
  readonly #used = new Set<string>();

  constructor(most: number, onEvict: (label: string) => void) {
    this.#most = most;
    this.#onEvict = onEvict;
  }

  /** Marks a label as used; whoever loses its place by that is told of first. */
  use(label: string): void {
    if (label === OTHER) return;
    this.#used.delete(label);
    const [oldest] = this.#used;
    if (this.#used.size >= this.#most && oldest !== undefined) {
      this.#used.delete(oldest);
      this.#onEvict(oldest);
    }
    this.#used.add(label);
  }
}
