import { beforeAll, describe, expect, it } from 'vitest';
import { newConnection, newDomain, newOrganization } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'get_organization_details';
let bench: Bench;
let organization: string;
let metadata: Record<string, string>;

beforeAll(async () => {
  bench = await startBench();
  const big = newOrganization(bench.account, 'Big Holding');
  organization = big.id;
  for (let place = 0; place < 100; place += 1) {
    const domain = newDomain(big.id, `domain-${place}.example`);
    big.domains.push(place % 2 === 0 ? domain : { ...domain, state: 'pending' });
  }
  for (let place = 0; place < 60; place += 1) {
    newConnection(bench.account, big.id, { name: `Connection ${place}`, state: 'draft' });
  }
  for (let place = 0; place < 50; place += 1) {
    big.metadata[`key-${place}`.padEnd(40, 'k')] = `${place} é🚀 `.padEnd(600, 'v');
  }
  metadata = { ...big.metadata };
});

const own = () => bench.organization('Big Holding');
const connections = () =>
  newestFirst(bench.account.connections).filter(({ organization_id }) => organization_id === organization);

describe('a detail that is larger than its budget', () => {
  it('shows findings first, at most ten of a list, totals, and what is left out', async () => {
    const found = await bench.agent(TOOL, { organization });
    expect(found.totals).toEqual({
      issues: 110,
      domains: 100,
      connections: 60,
      directories: 0,
      metadata: 50,
    });
    expect(found.issues?.length).toBeGreaterThan(0);
    for (const list of [found.issues, found.domains, found.connections]) {
      expect(list?.length).toBeLessThanOrEqual(10);
    }
    const shown = [found.issues?.length, found.domains?.length, found.connections?.length];
    expect(shown).toEqual([
      110 - (found.omitted?.['issues'] ?? 0),
      100 - (found.omitted?.['domains'] ?? 0),
      60 - (found.omitted?.['connections'] ?? 0),
    ]);
    expect(found.omitted?.['metadata']).toBeGreaterThanOrEqual(40);
  });

  it('is shown whole to a person', async () => {
    const found = await bench.person(TOOL, { organization });
    expect(found.metadata).toEqual(metadata);
    expect(ids(found.connections ?? [])).toEqual(ids(connections()));
    expect(ids(found.domains ?? [])).toEqual(ids(own().domains));
    expect(found.issues).toHaveLength(110);
    expect(found).not.toHaveProperty('omitted');
  });

  it('gives all 50 metadata keys of 600 characters by section and cursor', async () => {
    const { items, pages } = await readAll(bench.agent, TOOL, { organization, section: 'metadata' });
    expect(Object.fromEntries(items.map(({ key, value }) => [key, value]))).toEqual(metadata);
    expect(items).toHaveLength(50);
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) {
      expect(page).toMatchObject({ id: organization, name: 'Big Holding', section: 'metadata', total: 50 });
    }
  });

  it('gives all 60 connections, 100 domains and 110 issues', async () => {
    const read = async (section: string) =>
      (await readAll(bench.agent, TOOL, { organization, section })).items;
    expect((await read('connections')).map(({ id }) => id)).toEqual(ids(connections()));
    const domains = await read('domains');
    expect(domains.map(({ id }) => id)).toEqual(ids(own().domains));
    expect(domains.filter((row) => 'dns_record' in row)).toHaveLength(50);
    const issues = await read('issues');
    expect(new Set(issues.map((row) => JSON.stringify(row['ids']))).size).toBe(110);
    expect(await read('directories')).toEqual([]);
  });

  it('refuses a cursor of another section or organization, and one without section', async () => {
    const { next_cursor: cursor } = await bench.agent(TOOL, { organization, section: 'domains' });
    expect(cursor).toBeDefined();
    for (const input of [
      { organization, section: 'connections', cursor },
      { organization: 'Acme Corp', section: 'domains', cursor },
    ]) {
      expect(await bench.refused(TOOL, input)).toMatchObject({ code: 'INVALID_CURSOR' });
    }
    expect(await bench.refused(TOOL, { organization, cursor })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('section'),
    });
    expect(await bench.refused(TOOL, { organization, section: 'users' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('reads a section by id or by name alike', async () => {
    const first = await bench.agent(TOOL, { organization: 'big holding', section: 'domains' });
    const next = await bench.agent(TOOL, { organization, section: 'domains', cursor: first.next_cursor });
    const shown = first.items?.length ?? 0;
    expect(next.items?.[0]?.['id']).toBe(own().domains[shown]?.id);
  });
});
