import { beforeAll, describe, expect, it } from 'vitest';
import type { Invoke } from '../../../../src/gateway/gateway.ts';
import { PERSON } from '../../../../src/vscode/caller.ts';
import { readAll } from '../../../../src/vscode/export/read-all.ts';
import { parse } from 'csv-parse/sync';
import { rosterCsv } from '../../../../src/vscode/commands/roster.ts';
import { type Bench, startBench } from '../../tools/support.ts';
import { invokeOn } from '../invoke.ts';

let bench: Bench;
let invoke: Invoke;
let directory_id: string;
const never = new AbortController().signal;

beforeAll(async () => {
  bench = await startBench();
  invoke = invokeOn(bench);
  directory_id = bench.directory('Acme Okta Directory').id;
});

const users =
  (input: object = {}) =>
  (cursor: string | undefined, options: Parameters<Invoke>[3]) =>
    invoke('list_directory_users', { directory_id, limit: 50, ...input, cursor }, PERSON, options);

describe('reading a list whole', () => {
  it('collects every page once, and tells how far it is', async () => {
    const seen: string[] = [];
    const reading = await readAll(users(), {
      signal: never,
      max: Infinity,
      progress: (read, page: { total?: number | undefined }) => seen.push(`${read} of ${page.total ?? '?'}`),
    });
    expect(seen).toEqual(['50 of 120', '100 of 120', '120 of 120']);
    expect(reading.ending).toBe('end');
    const expected = [...bench.account.usersOf(directory_id)];
    expect(reading.items.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  });

  it('stops at the most that is wanted', async () => {
    const reading = await readAll(users(), { signal: never, max: 70 });
    expect(reading.items).toHaveLength(70);
    expect(reading.ending).toBe('full');
    const exact = await readAll(users(), { signal: never, max: 120 });
    expect(exact).toMatchObject({ ending: 'end' });
    expect(exact.items).toHaveLength(120);
  });

  it('keeps what was read when the person cancels', async () => {
    const stop = new AbortController();
    const reading = await readAll(users(), {
      signal: stop.signal,
      max: Infinity,
      progress: (read) => {
        if (read >= 100) stop.abort();
      },
    });
    expect(reading).toMatchObject({ ending: 'cancelled', error: undefined });
    expect(reading.items).toHaveLength(100);
  });

  it('keeps what was read when a page fails, and says why', async () => {
    let page = 0;
    const reading = await readAll(
      (cursor, options) => users(page++ === 1 ? { state: 'nonsense' } : {})(cursor, options),
      { signal: never, max: Infinity },
    );
    expect(reading.ending).toBe('failed');
    expect(reading.error?.code).toBe('INVALID_INPUT');
    expect(reading.items).toHaveLength(50);
  });

  it('stops where going on is of no use', async () => {
    const reading = await readAll(users(), { signal: never, max: Infinity, stop: () => true });
    expect(reading.ending).toBe('stopped');
    expect(reading.items).toHaveLength(50);
  });
});

describe('a roster', () => {
  it('has a row per user, with groups when they were read', async () => {
    const { items } = await readAll(users({ limit: 25, include_groups: true }), { signal: never, max: 25 });
    const rows = parse(rosterCsv(items, { groups: true }), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(25);
    const [first] = items;
    expect(rows[0]).toMatchObject({ id: first!.id, email: first!.email, state: first!.state });
    expect(rows.map(({ groups }) => groups)).toContain(first!.groups!.join(' | '));
    const columns = ['id', 'name', 'email', 'state', 'roles', 'groups', 'idp_id', 'created_at'];
    expect(Object.keys(rows[0]!)).toEqual([...columns, 'custom.department_name']);
  });

  it('has columns for what else is known, and no formulas', () => {
    const csv = rosterCsv(
      [
        { id: 'directory_user_1', name: '=cmd()', idp_id: 'idp', custom_attributes: { '=b': ['x'], a: 'y' } },
        { id: 'directory_user_2', custom_attributes: { a: { deep: 1 } } },
      ],
      { groups: false },
    );
    const [header, first, second] = parse(csv);
    expect(header).toEqual([
      'id',
      'name',
      'email',
      'state',
      'roles',
      'idp_id',
      'created_at',
      'custom.=b',
      'custom.a',
    ]);
    expect(first).toEqual(['directory_user_1', "'=cmd()", '', '', '', 'idp', '', '["x"]', 'y']);
    expect(second!.at(-1)).toBe('{"deep":1}');
  });
});
