import type { Outcome } from '../../gateway/gateway.ts';
import type { AppError } from '../../shared/errors.ts';

/** A page of rows, as the list tools answer. */
export interface RowPage<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string | undefined;
}

/** Reads one page: one call of a tool. */
export type FetchPage<T> = (cursor: string | undefined) => Promise<Outcome<RowPage<T>>>;

/** Why rows could not be read: from the `start`, or the next ones at the `end`. */
export interface Failure {
  readonly error: AppError;
  readonly at: 'start' | 'end';
}

/** Rows read page by page. Reads once, keeps what it has until newer rows arrive, and never reads twice at a time. */
export class Pages<T> {
  readonly #fetch: FetchPage<T>;
  #rows: readonly T[] = [];
  #next: string | undefined;
  #count = 0;
  #reads = 0;
  #failure: Failure | undefined;
  #stale = true;
  #loading: Promise<void> | undefined;

  constructor(fetch: FetchPage<T>) {
    this.#fetch = fetch;
  }

  get rows(): readonly T[] {
    return this.#rows;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** How many pages the rows come from; 0 before anything has been read. */
  get count(): number {
    return this.#count;
  }

  /** Grows with every page that has been read, also when the first one is read again. */
  get reads(): number {
    return this.#reads;
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Reads the first page, unless that has been done since the last `expire`. */
  async read(): Promise<void> {
    while (this.#loading !== undefined) await this.#loading;
    if (this.#stale) await this.#start('start');
  }

  /** Reads the next page and adds its rows; false when there is none or something is being read already. */
  async more(): Promise<boolean> {
    if (this.#loading !== undefined || this.#next === undefined) return false;
    await this.#start('end');
    return true;
  }

  /** Has the next `read` ask again. */
  expire(): void {
    this.#stale = true;
  }

  #start(at: Failure['at']): Promise<void> {
    this.#loading = this.#load(at).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(at: Failure['at']): Promise<void> {
    if (at === 'start') this.#stale = false;
    const page = await this.#fetch(at === 'start' ? undefined : this.#next);
    if (!page.ok) {
      this.#failure = { error: page.error, at };
      return;
    }
    this.#failure = undefined;
    this.#rows = at === 'start' ? page.value.items : [...this.#rows, ...page.value.items];
    this.#count = at === 'start' ? 1 : this.#count + 1;
    this.#reads += 1;
    this.#next = page.value.next_cursor;
  }
}
