import { expect } from 'vitest';
import type { Output, ToolName } from '../../../src/tools/registry.ts';
import type { Bench } from './support.ts';

type Listing = Exclude<ToolName, 'create_workos_organization'>;
type Item<N extends Listing> = Output<N> extends { items?: (infer T)[] | undefined } ? T : never;

/** Everything a list gives, page by page. */
export interface Reading<N extends Listing> {
  readonly pages: Output<N>[];
  readonly items: Item<N>[];
}

/** Reads a list to its end; only the last page may say that it is complete. */
export async function readAll<N extends Listing>(
  ask: Bench['agent'],
  tool: N,
  input: object = {},
): Promise<Reading<N>> {
  const pages: Output<N>[] = [];
  const items: Item<N>[] = [];
  let cursor: string | undefined;
  do {
    const page: Output<N> = await ask(tool, cursor === undefined ? input : { ...input, cursor });
    pages.push(page);
    items.push(...((page.items ?? []) as Item<N>[]));
    cursor = page.next_cursor;
    expect(page.complete).toBe(cursor === undefined);
    expect(pages.length).toBeLessThan(1_000);
  } while (cursor !== undefined);
  return { pages, items };
}

/** Ids of rows, in their order. */
export function ids(rows: Iterable<{ id?: string | undefined }>): string[] {
  return [...rows].map(({ id }) => id ?? '');
}

/** A list the account holds oldest first, as the API shows it. */
export function newestFirst<T>(rows: Iterable<T>): T[] {
  return [...rows].toReversed();
}
