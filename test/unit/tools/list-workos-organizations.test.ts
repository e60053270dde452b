import { beforeAll, describe, expect, it } from 'vitest';
import { newDomain, newOrganization } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { anotherBench, type Bench, startBench } from './support.ts';

const TOOL = 'list_workos_organizations';
let bench: Bench;
let large: Bench;

beforeAll(async () => {
  bench = await startBench();
  large = await startBench({ organizations: 230 });
});

const named = (bench_: Bench, keep: (row: Bench['account']['organizations'][number]) => boolean) =>
  ids(newestFirst(bench_.account.organizations).filter(keep));

describe('list_workos_organizations', () => {
  it('shows id, name, domains with state, external id and creation time, newest first', async () => {
    const page = await bench.agent(TOOL);
    expect(page).toMatchObject({
      environment: { name: 'Sample account', kind: 'sandbox' },
      complete: true,
      total: 5,
    });
    expect(page.next_cursor).toBeUndefined();
    expect(page.scanned).toBeUndefined();
    expect(page.items).toEqual(
      newestFirst(bench.account.organizations).map(({ id, name, domains, external_id, created_at }) => ({
        id,
        name,
        domains: domains.map(({ domain, state }) => ({ domain, state })),
        external_id: external_id ?? undefined,
        created_at,
      })),
    );
  });

  it.each([
    [{ search: 'TECH' }, ['Global Tech']],
    [{ domain: 'Acme.IO' }, ['Acme Corp']],
    [{ domain_state: 'pending' }, ['Global Tech']],
    [{ domain_state: 'failed' }, ['Umbra Health']],
    [{ without: 'sso' }, ['Nordwind Logistics']],
    [{ without: 'directory' }, ['Nordwind Logistics']],
    [{ without: 'domain' }, []],
    [
      { domain_state: 'verified', search: 'r' },
      ['Nordwind Logistics', 'Umbra Health', 'Stark Industries', 'Acme Corp'],
    ],
    [{ without: 'sso', search: 'acme' }, []],
    [{ search: 'nothing like it' }, []],
  ])('%o', async (filters, names) => {
    const page = await bench.agent(TOOL, filters);
    expect(page.items.map(({ name }) => name)).toEqual(names);
    expect(page).toMatchObject({ complete: true, total: names.length });
    expect(page.scanned !== undefined).toBe('domain_state' in filters || 'without' in filters);
  });

  it('finds what lacks a domain, also in an account of several API pages', async () => {
    const other = await startBench({ organizations: 120 });
    const bare = newOrganization(other.account, 'Bare Ltd');
    const page = await other.agent(TOOL, { without: 'domain' });
    expect(ids(page.items)).toEqual([bare.id]);
    expect(page).toMatchObject({ complete: true, total: 1, scanned: 121 });
  });

  it('reads connections and directories in one pass for without, whatever the number of organizations', async () => {
    const having = new Set(large.account.connections.map(({ organization_id }) => organization_id));
    large.sandbox.requests.clear();
    const { items } = await readAll(large.person, TOOL, { without: 'sso', limit: 100 });
    expect(ids(items)).toEqual(named(large, ({ id }) => !having.has(id)));
    expect(large.requests('GET', '/connections').length).toBeLessThanOrEqual(2 * 2);
    const synced = new Set(large.account.directories.map(({ organization_id }) => organization_id));
    const directories = await readAll(large.agent, TOOL, { without: 'directory', limit: 100 });
    expect(ids(directories.items)).toEqual(named(large, ({ id }) => !synced.has(id)));
  });

  it.each([1, 7, 100])('pages to the end by %i, for an agent and for a person', async (limit) => {
    const source = limit === 1 ? bench : large;
    const all = named(source, () => true);
    for (const ask of [source.agent, source.person]) {
      const { items, pages } = await readAll(ask, TOOL, { limit });
      expect(ids(items)).toEqual(all);
      expect(pages.at(-1)?.total).toBe(all.length);
      for (const page of pages) expect(page.items.length).toBeLessThanOrEqual(limit);
    }
  });

  it('cuts an agent where its bytes end and a person not at all', async () => {
    const cut = await large.agent(TOOL, { limit: 100 });
    expect(cut.items.length).toBeLessThan(100);
    expect(cut.items.length).toBeGreaterThan(20);
    expect(cut.next_cursor).toBeDefined();
    expect((await large.person(TOOL, { limit: 100 })).items).toHaveLength(100);
  });

  it('counts on demand, on any page, filtered or not', async () => {
    const first = await large.agent(TOOL, { limit: 5, count: true });
    expect(first).toMatchObject({ total: 230, complete: false });
    expect(first.items).toHaveLength(5);
    const second = await large.agent(TOOL, { limit: 5, count: true, cursor: first.next_cursor });
    expect(second.total).toBe(230);
    expect(ids(second.items)).toEqual(named(large, () => true).slice(5, 10));
    const having = new Set(large.account.connections.map(({ organization_id }) => organization_id));
    const total = named(large, ({ id }) => !having.has(id)).length;
    expect(await large.agent(TOOL, { without: 'sso', limit: 3, count: true })).toMatchObject({ total });
    expect((await large.agent(TOOL, { limit: 5 })).total).toBeUndefined();
  });

  it('refuses a cursor of other filters, another tool, another environment, and a damaged one', async () => {
    const { next_cursor: cursor } = await large.agent(TOOL, { limit: 2 });
    for (const input of [{ limit: 2, cursor, search: 'a' }, { cursor: 'x' }, { cursor: `${cursor}A` }]) {
      expect(await large.refused(TOOL, input)).toMatchObject({ code: 'INVALID_CURSOR' });
    }
    expect(await large.refused('list_directories', { cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await bench.refused(TOOL, { cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    const elsewhere = await anotherBench(large).agent(TOOL, { limit: 3, cursor });
    expect(ids(elsewhere.items)).toEqual(named(large, () => true).slice(2, 5));
  });

  it('takes a domain as one domain', async () => {
    expect(await bench.refused(TOOL, { domain: 'acme.com,globaltech.com' })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('domain'),
    });
  });

  it.each([{ limit: 0 }, { limit: 101 }, { without: 'x' }, { unknown: 1 }, { search: ' ' }])(
    'refuses %o',
    async (input) => {
      expect(await bench.refused(TOOL, input)).toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  it('shows at most ten domains of a row and says how many are left out', async () => {
    const own = await startBench();
    const { id, domains } = newOrganization(own.account, 'Many Domains');
    for (let place = 0; place < 40; place += 1) domains.push(newDomain(id, `d${place}.example`));
    const [row] = (await own.agent(TOOL)).items;
    expect(row?.domains).toHaveLength(10);
    expect(row?.omitted).toEqual({ domains: 30 });
    expect((await own.person(TOOL)).items[0]?.domains).toHaveLength(40);
  });
});
