import type { Rows } from './account/rows.ts';
import { type FieldError, invalid, json, type Reply } from './reply.ts';

/** A place in a list and a direction to read it. */
export interface Paging {
  limit: number;
  order: 'asc' | 'desc' | 'normal';
  after: string | undefined;
  before: string | undefined;
}

/** One page and the cursors around it. */
export interface Page<T> {
  items: T[];
  before: string | null;
  after: string | null;
}

const ORDERS = { asc: 'asc', desc: 'desc', normal: 'normal' } as const;

function orderOf(text: string): Paging['order'] | undefined {
  if (text === 'asc' || text === 'desc' || text === 'normal') return ORDERS[text];
  return undefined;
}

/** Reads the paging parameters, or refuses the request. */
export function readPaging(query: URLSearchParams): Paging {
  const errors: FieldError[] = [];
  const limit = query.get('limit') ?? '10';
  const size = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (size < 1 || size > 100) errors.push({ code: 'invalid_limit', field: 'limit' });
  const order = orderOf(query.get('order') ?? 'desc');
  if (order === undefined) errors.push({ code: 'invalid_order', field: 'order' });
  const after = query.get('after') ?? undefined;
  const before = query.get('before') ?? undefined;
  if (after !== undefined && before !== undefined)
    errors.push({ code: 'mutually_exclusive', field: 'before' });
  if (errors.length > 0 || order === undefined) throw invalid('Validation failed', errors);
  return { limit: size, order, after, before };
}

/**
 * Cuts one page. `asc` and `desc` read `after` in the direction shown; `normal` shows newest first and
 * reads `after` towards newer rows.
 */
export function cutPage<T extends { id: string }>(
  rows: Rows<T>,
  paging: Paging,
  keep: (row: T) => boolean = () => true,
): Page<T> {
  const swapped = paging.order === 'normal';
  const step = paging.order === 'asc' ? 1 : -1;
  const ahead = swapped ? paging.before : paging.after;
  const behind = swapped ? paging.after : paging.before;
  const page =
    behind === undefined
      ? forward(rows, paging.limit, step, place(rows, ahead, paging), keep)
      : backward(rows, paging.limit, step, place(rows, behind, paging) ?? 0, keep);
  return swapped ? { items: page.items, before: page.after, after: page.before } : page;
}

function place<T>(rows: Rows<T>, cursor: string | undefined, paging: Paging): number | undefined {
  if (cursor === undefined) return undefined;
  const index = rows.indexOf(cursor);
  if (index >= 0) return index;
  throw invalid(`Could not find the object '${cursor}' that defines the place in the list.`, [
    { code: 'invalid_cursor', field: cursor === paging.after ? 'after' : 'before' },
  ]);
}

function collect<T>(
  rows: Rows<T>,
  start: number,
  step: number,
  limit: number,
  keep: (row: T) => boolean,
): { items: T[]; more: boolean } {
  const items: T[] = [];
  for (let index = start; index >= 0 && index < rows.length; index += step) {
    const row = rows.at(index);
    if (row === undefined || !keep(row)) continue;
    if (items.length === limit) return { items, more: true };
    items.push(row);
  }
  return { items, more: false };
}

function forward<T extends { id: string }>(
  rows: Rows<T>,
  limit: number,
  step: number,
  cursor: number | undefined,
  keep: (row: T) => boolean,
): Page<T> {
  const first = step > 0 ? 0 : rows.length - 1;
  const { items, more } = collect(rows, cursor === undefined ? first : cursor + step, step, limit, keep);
  return {
    items,
    before: cursor === undefined ? null : (items[0]?.id ?? null),
    after: more ? (items.at(-1)?.id ?? null) : null,
  };
}

function backward<T extends { id: string }>(
  rows: Rows<T>,
  limit: number,
  step: number,
  cursor: number,
  keep: (row: T) => boolean,
): Page<T> {
  const { items, more } = collect(rows, cursor - step, -step, limit, keep);
  items.reverse();
  return { items, before: more ? (items[0]?.id ?? null) : null, after: items.at(-1)?.id ?? null };
}

/** Writes a page as WorkOS does. */
export function list<T>(page: Page<T>): Reply {
  return json(200, {
    object: 'list',
    data: page.items,
    list_metadata: { before: page.before, after: page.after },
  });
}

/** Reads a list parameter, comma-joined or repeated. */
export function readList(query: URLSearchParams, name: string): string[] {
  return [...query.getAll(name), ...query.getAll(`${name}[]`)]
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** Whether a text contains what somebody searches for, whatever its case. */
export function mentions(text: string, search: string | null): boolean {
  return search === null || text.toLowerCase().includes(search.trim().toLowerCase());
}
