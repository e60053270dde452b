import { describe, expect, it } from 'vitest';
import type { ToolContext } from '../../../src/tools/tool.ts';
import { mapLimited, walk, walkAll } from '../../../src/tools/walk.ts';
import type { PageQuery } from '../../../src/workos/port.ts';

const rows = Array.from({ length: 250 }, (_, place) => ({ id: `id-${place}`, place }));
const told: string[] = [];
const context = (patienceMs?: number): ToolContext => ({
  environment: { id: 'e', name: 'E', kind: 'sandbox' },
  signal: new AbortController().signal,
  progress: ({ message }) => void told.push(message),
  now: () => new Date(),
  ...(patienceMs !== undefined && { patienceMs }),
});

function source(asked: PageQuery[] = []) {
  return async (query: PageQuery) => {
    asked.push(query);
    const start = rows.findIndex(({ id }) => id === query.after) + 1;
    const items = rows.slice(start, start + query.limit);
    const last = items.at(-1);
    return start + query.limit < rows.length && last ? { items, after: last.id } : { items };
  };
}

describe('walk', () => {
  it('asks for one page of the size wanted when there is no filter', async () => {
    const asked: PageQuery[] = [];
    const found = await walk(context(), { fetch: source(asked), limit: 7, what: 'rows' });
    expect(asked).toEqual([{ limit: 7, after: undefined }]);
    expect(found).toEqual({ items: rows.slice(0, 7), next: 'id-6', scanned: 7 });
  });

  it.each([1, 9, 20, 100])('finds every match once, by %i', async (limit) => {
    const keep = ({ place }: { place: number }) => place % 9 === 0;
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await walk(context(), { fetch: source(), keep, limit, after, what: 'rows' });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      expect(page.matches === undefined || page.next === undefined || page.matches > page.items.length).toBe(
        true,
      );
      found.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(found).toEqual(rows.filter(keep).map(({ id }) => id));
  });

  it('counts to the end without changing the page', async () => {
    const keep = ({ place }: { place: number }) => place % 2 === 0;
    const page = await walk(context(), { fetch: source(), keep, limit: 5, count: true, what: 'rows' });
    expect(page).toMatchObject({ matches: 125, scanned: 250, next: 'id-8' });
    expect(page.items).toHaveLength(5);
    const rest = await walk(context(), {
      fetch: source(),
      limit: 5,
      count: true,
      after: 'id-199',
      what: 'rows',
    });
    expect(rest).toMatchObject({ matches: 50, next: 'id-204' });
  });

  it('stops when time is up and goes on from there', async () => {
    const slow = async (query: PageQuery) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return source()(query);
    };
    const keep = ({ place }: { place: number }) => place > 240;
    const page = await walk(context(1), { fetch: slow, keep, limit: 5, what: 'rows' });
    expect(page).toEqual({ items: [], scanned: 100, next: 'id-99' });
    expect(told).toContain('Read 100 rows');
  });
});

describe('walkAll and mapLimited', () => {
  it('read everything', async () => {
    expect(await walkAll(context(), 'rows', source())).toEqual(rows);
  });

  it('run a few at a time and keep the order', async () => {
    let running = 0;
    let most = 0;
    const results = await mapLimited(rows.slice(0, 10), 3, async ({ place }) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, place % 3));
      running -= 1;
      return place * 2;
    });
    expect(results).toEqual(rows.slice(0, 10).map(({ place }) => place * 2));
    expect(most).toBe(3);
  });
});
