import { Cell, cellAt } from './cell.ts';
import { Labels, OTHER } from './labels.ts';

/** By what calls are told apart. */
export const DIMENSIONS = ['tool', 'client', 'process', 'token'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
/** Where a call belongs; not each came with a connection token, which goes by its id. */
export type Place = Readonly<Record<Exclude<Dimension, 'token'>, string>> & {
  readonly token?: string | undefined;
};

/** Sums over a span: of all calls, and by each dimension. */
export interface Sums {
  /** In milliseconds since 1970. */
  readonly since: number;
  readonly all: Cell;
  readonly by: Readonly<Record<Dimension, Map<string, Cell>>>;
}

/** A span of time that moves along: `count` buckets of `bucketMs`, and the one that is being filled. */
export interface Span {
  readonly bucketMs: number;
  readonly count: number;
}

const MINUTE = 60_000;
/** The past 24 hours, to five minutes, and the past seven days, to an hour. */
export const SPANS = {
  '24h': { bucketMs: 5 * MINUTE, count: 288 },
  '7d': { bucketMs: 60 * MINUTE, count: 168 },
} as const satisfies Record<string, Span>;

/** The cells of the past, in buckets that are dropped whole. What is older, or of a time to come, is not counted. */
class Window {
  readonly #span: Span;
  readonly #buckets = new Map<number, Sums>();
  /** The bucket that was filled when old ones were dropped last. */
  #dropped = 0;

  constructor(span: Span) {
    this.#span = span;
  }

  /** The cells a call of that time and place counts in. */
  cells(at: number, place: Place, now: number): readonly Cell[] {
    this.#drop(now);
    const number = this.#number(at);
    if (!this.#isKept(number, now)) return [];
    const bucket = this.#buckets.get(number) ?? emptySums(number * this.#span.bucketMs);
    this.#buckets.set(number, bucket);
    const named = DIMENSIONS.flatMap((dimension) => {
      const label = place[dimension];
      return label === undefined ? [] : [cellAt(bucket.by[dimension], label)];
    });
    return [bucket.all, ...named];
  }

  /** Everything in the span that ends now. */
  sums(now: number): Sums {
    this.#drop(now);
    const sums = emptySums((this.#number(now) - this.#span.count) * this.#span.bucketMs);
    for (const { all, by } of this.#buckets.values()) {
      sums.all.merge(all);
      for (const dimension of DIMENSIONS)
        for (const [label, cell] of by[dimension]) cellAt(sums.by[dimension], label).merge(cell);
    }
    return sums;
  }

  /** Gives up a label's own cells: its calls go on as part of the others. */
  fold(dimension: Dimension, label: string): void {
    for (const { by } of this.#buckets.values()) {
      const cell = by[dimension].get(label);
      if (cell === undefined) continue;
      by[dimension].delete(label);
      cellAt(by[dimension], OTHER).merge(cell);
    }
  }

  #drop(now: number): void {
    const current = this.#number(now);
    if (current === this.#dropped) return;
    this.#dropped = current;
    for (const number of this.#buckets.keys()) if (!this.#isKept(number, now)) this.#buckets.delete(number);
  }

  #isKept(number: number, now: number): boolean {
    const age = this.#number(now) - number;
    // A clock that was set back a little loses nothing.
    return age >= -1 && age <= this.#span.count;
  }

  #number(at: number): number {
    return Math.floor(at / this.#span.bucketMs);
  }
}

/** How many of each have figures of their own: memory stays bounded however many there are, and whatever they are called. */
export const MOST_LABELS: Readonly<Record<Dimension, number>> = {
  tool: 20,
  client: 50,
  process: 20,
  token: 50,
};

/** All windows, under one choice of labels. */
export class Windows {
  readonly #windows = { '24h': new Window(SPANS['24h']), '7d': new Window(SPANS['7d']) };
  readonly #labels: Readonly<Record<Dimension, Labels>>;

  constructor(most = MOST_LABELS) {
    const labels = (dimension: Dimension) =>
      new Labels(most[dimension], (label) => {
        for (const window of Object.values(this.#windows)) window.fold(dimension, label);
      });
    this.#labels = {
      tool: labels('tool'),
      client: labels('client'),
      process: labels('process'),
      token: labels('token'),
    };
  }

  /** The cells of every window that a call of that time and place counts in. */
  cells(at: number, place: Place, now: number): readonly Cell[] {
    for (const dimension of DIMENSIONS) this.#labels[dimension].use(place[dimension] ?? OTHER);
    return Object.values(this.#windows).flatMap((window) => window.cells(at, place, now));
  }

  /** Everything in the span that ends now. */
  sums(span: keyof typeof SPANS, now: number): Sums {
    return this.#windows[span].sums(now);
  }
}

function emptySums(since: number): Sums {
  return {
    since,
    all: new Cell(),
    by: { tool: new Map(), client: new Map(), process: new Map(), token: new Map() },
  };
}
