import type { Outcome } from '../../gateway/gateway.ts';
import type { InvokeOptions } from '../../gateway/steps.ts';
import type { AppError } from '../../shared/errors.ts';

/** Rows per call: the most a list tool gives. */
export const PAGE_SIZE = 100;

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string | undefined;
}

/** How reading ended: at the end of the list, at `max`, because of the person, an error or `stop`. */
export type Ending = 'end' | 'full' | 'cancelled' | 'stopped' | 'failed';

/** What was read, also when it is not everything. */
export interface Reading<T, P> {
  readonly items: readonly T[];
  /** The last page, which tells coverage; absent when the first one failed. */
  readonly last: P | undefined;
  readonly ending: Ending;
  /** Why it failed. */
  readonly error: AppError | undefined;
}

export interface ReadOptions<P> {
  readonly signal: AbortSignal;
  /** Rows so far, and all of them where the tool knows. */
  readonly progress?: ((read: number, page: P) => void) | undefined;
  /** What the tool says while a page is on its way. */
  readonly waiting?: InvokeOptions['progress'];
  readonly max: number;
  /** True after a page that there is no use going on from. */
  readonly stop?: ((page: P) => boolean) | undefined;
}

/** Collects the pages of a list tool; whatever ends it, what was read so far is kept. */
export async function readAll<T, P>(
  fetch: (cursor: string | undefined, options: InvokeOptions) => Promise<Outcome<P & Page<T>>>,
  { signal, progress, waiting, max, stop }: ReadOptions<P>,
): Promise<Reading<T, P>> {
  const items: T[] = [];
  let last: P | undefined;
  let cursor: string | undefined;
  const ended = (ending: Ending, error?: AppError): Reading<T, P> => ({
    items: items.slice(0, max),
    last,
    ending,
    error,
  });
  for (;;) {
    if (signal.aborted) return ended('cancelled');
    const page = await fetch(cursor, { signal, ...(waiting && { progress: waiting }) });
    if (!page.ok) return signal.aborted ? ended('cancelled') : ended('failed', page.error);
    items.push(...page.value.items);
    last = page.value;
    progress?.(Math.min(items.length, max), page.value);
    cursor = page.value.next_cursor;
    if (cursor === undefined) return ended(items.length > max ? 'full' : 'end');
    if (items.length >= max) return ended('full');
    if (stop?.(page.value)) return ended('stopped');
  }
}
