import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AGENT_BYTES, shape } from '../../../src/gateway/shape.ts';
import { jsonBytes, prune } from '../../../src/shared/json.ts';
import { decodeCursor, encodeCursor } from '../../../src/tools/cursor.ts';
import type { Draft } from '../../../src/tools/tool.ts';
import { hostileMaker } from './hostile.ts';
import { AGENT, callOf, PERSON } from './support.ts';

const BINDING = 'binding-of-it';
const ENVIRONMENT = { name: 'Test', kind: 'sandbox' };
type Row = Record<string, unknown>;
interface Page {
  readonly items: Row[];
  readonly complete: boolean;
  readonly next_cursor?: string;
  readonly [field: string]: unknown;
}

async function shaped(draft: Draft<unknown>, caller = AGENT): Promise<Page> {
  const outcome = await shape(async () => ({ ok: true, draft }))(callOf('list_directories', { caller }));
  if (!outcome.ok) throw outcome.error;
  return outcome.draft.value as Page;
}

/** The draft a list tool makes of rows from a place on. */
function draftFrom(rows: readonly Row[], start: number, limit: number, head: Row = {}): Draft<unknown> {
  const items = rows.slice(start, start + limit);
  const end = start + items.length;
  const next = end < rows.length ? { next_cursor: encodeCursor(BINDING, [end, 'place']) } : {};
  return {
    value: { environment: ENVIRONMENT, complete: end === rows.length, ...head, items, ...next },
    positions: items.map((_, index) => [start + index + 1, 'place']),
    binding: BINDING,
  };
}

/** Walks a list to its end as an agent does. */
async function walkToEnd(rows: readonly Row[], limit: number, head?: Row): Promise<Row[]> {
  const seen: Row[] = [];
  let start = 0;
  for (;;) {
    const page = await shaped(draftFrom(rows, start, limit, head));
    expect(jsonBytes(page)).toBeLessThan(AGENT_BYTES);
    seen.push(...page.items);
    expect(page.complete).toBe(page.next_cursor === undefined);
    if (page.next_cursor === undefined) return seen;
    const [place] = decodeCursor(page.next_cursor, BINDING, z.tuple([z.number(), z.string()])) ?? [0];
    // Neither a row twice nor one left out, and always at least one.
    expect(place).toBe(start + page.items.length);
    expect(place).toBeGreaterThan(start);
    start = place;
  }
}

describe('a list', () => {
  it('that fits is shown whole, with its own cursor', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({ id: `row_${index}`, name: 'short' }));
    const page = await shaped(draftFrom(rows, 0, 3));
    expect(page.items).toEqual(rows.slice(0, 3));
    expect(decodeCursor(page.next_cursor, BINDING, z.unknown())).toEqual([3, 'place']);
  });

  it('that does not fit is cut, says so, and shows as much as there is room for', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ id: `row_${index}`, name: 'n'.repeat(200) }));
    const page = await shaped(draftFrom(rows, 0, 100));
    expect(page.complete).toBe(false);
    expect(jsonBytes(page)).toBeLessThan(AGENT_BYTES);
    const next = rows[page.items.length];
    expect(jsonBytes({ ...page, items: [...page.items, next] })).toBeGreaterThanOrEqual(AGENT_BYTES - 10);
    expect(decodeCursor(page.next_cursor, BINDING, z.unknown())).toEqual([page.items.length, 'place']);
  });

  it('walked to the end is the whole list, whatever the limit', async () => {
    const rows = Array.from({ length: 230 }, (_, index) => ({ id: `row_${index}`, name: 'é'.repeat(index) }));
    for (const limit of [1, 7, 100]) expect(await walkToEnd(rows, limit)).toEqual(rows.map(prune));
  });

  it('of one row too large for a page shows it cut, and nothing is left to read', async () => {
    const row = { id: 'row_0', list: Array.from({ length: 20 }, () => 'x'.repeat(2_000)) };
    const page = await shaped(draftFrom([row], 0, 20));
    expect(page.complete).toBe(true);
    expect(page.next_cursor).toBeUndefined();
    expect(page.items).toMatchObject([{ id: 'row_0', omitted: { list: 20 } }]);
  });

  it('counts exactly what a row too large for a page leaves out', async () => {
    const texts = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, '€'.repeat(2_000)]));
    const page = await shaped(draftFrom([{ id: 'row_0', ...texts }, { id: 'row_1' }], 0, 20));
    const [row] = page.items;
    expect(page.items).toHaveLength(1);
    const shown = String(row?.['a']).length - 1;
    expect(row).toMatchObject({ omitted: { a: 2_000 - shown, f: 2_000 - shown } });
    expect(decodeCursor(page.next_cursor, BINDING, z.unknown())).toEqual([1, 'place']);
  });

  it('with a large head, a large row and a large cursor stays within the budget', async () => {
    const text = 'x'.repeat(5_000);
    const head = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`note_${index}`, text]));
    const row = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field_${index}`, text]));
    const draft = draftFrom([row, row], 0, 2, head);
    const page = await shaped({ ...draft, positions: ['p'.repeat(1_400), 'q'] });
    expect(jsonBytes(page)).toBeLessThan(AGENT_BYTES);
    expect(page.items).toHaveLength(1);
    expect(decodeCursor(page.next_cursor, BINDING, z.string())).toHaveLength(1_400);
  });

  it('of hostile rows is complete when walked to the end, 200 times over', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const make = hostileMaker(seed);
      const rows = make.list(15, (index) => make.row(`row_${index}`));
      const head = { total: rows.length, note: make.text(make.size()), by_state: { active: 1 } };
      const seen = await walkToEnd(rows, make.pick([1, 3, 20, 100]), head);
      expect(
        seen.map(({ id }) => id),
        `seed ${seed}`,
      ).toEqual(rows.map(({ id }) => id));
      expect(JSON.stringify(seen)).not.toMatch(/\\ud[89a-f]/u);
    }
  });

  it('without a row keeps its items: an empty list is an answer', async () => {
    const page = await shaped(draftFrom([], 0, 20, { total: 0, note: '', totals: {} }));
    expect(page).toEqual({ environment: ENVIRONMENT, complete: true, total: 0, items: [] });
  });
});

describe("a person's call", () => {
  it('is not cut, but loses empties', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({
      id: `row_${index}`,
      text: 'x'.repeat(1_000),
      nothing: null,
      none: [],
      zero: 0,
    }));
    const page = await shaped(draftFrom(rows, 0, 100), PERSON);
    expect(page.items).toEqual(rows.map(({ id, text, zero }) => ({ id, text, zero })));
    expect(page.complete).toBe(true);
  });
});
