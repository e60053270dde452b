import type { Page, PageQuery } from '../workos/port.ts';
import type { ToolContext } from './tool.ts';

/** A call that pages through the API answers with what it has after this long. */
const PATIENCE_MS = 20_000;
/** Counting was asked for, so it may take this many times longer. */
const COUNT_FACTOR = 4;
const API_PAGE = 100;

/** The point of `performance.now()` at which a call that starts reading now answers with what it has. */
export function deadlineOf({ patienceMs = PATIENCE_MS }: ToolContext, factor = 1): number {
  return performance.now() + patienceMs * factor;
}

export interface WalkOptions<T> {
  readonly fetch: (query: PageQuery) => Promise<Page<T>>;
  /** A filter the API lacks. */
  readonly keep?: ((item: T) => boolean) | undefined;
  readonly limit: number;
  /** Id of the last item already seen. */
  readonly after?: string | undefined;
  /** Go on to the end to count. */
  readonly count?: boolean | undefined;
  /** What is being read, for progress. */
  readonly what: string;
}

export interface Walked<T> {
  readonly items: readonly T[];
  /** Id to go on after; absent when everything has been seen. */
  readonly next?: string;
  /** Matches from `after` on; only when all have been seen. */
  readonly matches?: number;
  /** Items read from the API. */
  readonly scanned: number;
}

/** Reads one page of `limit` matches, following the API's pages as far as a local filter or a count needs. */
export async function walk<T extends { readonly id: string }>(
  context: ToolContext,
  options: WalkOptions<T>,
): Promise<Walked<T>> {
  const { fetch, keep, limit, count, what } = options;
  const deadline = deadlineOf(context, count ? COUNT_FACTOR : 1);
  const items: T[] = [];
  let { after } = options;
  let next: string | undefined;
  let matches = 0;
  let scanned = 0;
  for (;;) {
    const page = await fetch({ limit: keep || count ? API_PAGE : limit, after });
    for (const item of page.items) {
      scanned += 1;
      if (keep && !keep(item)) continue;
      matches += 1;
      if (items.length < limit) items.push(item);
      else next ??= items.at(-1)?.id;
    }
    after = page.after;
    if (after === undefined) return { items, scanned, matches, ...(next !== undefined && { next }) };
    context.progress({ message: `Read ${scanned} ${what}` });
    const full = items.length >= limit;
    if ((full && !count) || performance.now() > deadline) break;
  }
  return { items, scanned, next: next ?? after };
}

/** Reads every item, for one pass over the account; the call's own time limit is the only one. */
export async function walkAll<T extends { readonly id: string }>(
  context: ToolContext,
  what: string,
  fetch: (query: PageQuery) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await fetch({ limit: API_PAGE, after });
    items.push(...page.items);
    after = page.after;
    if (after !== undefined) context.progress({ message: `Read ${items.length} ${what}` });
  } while (after !== undefined);
  return items;
}

/** Runs the work for each item, a few at a time, results in order. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += limit) {
    results.push(...(await Promise.all(items.slice(start, start + limit).map(work))));
  }
  return results;
}
