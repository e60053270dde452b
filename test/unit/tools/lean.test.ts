import { beforeAll, describe, expect, it } from 'vitest';
import type { ToolName } from '../../../src/tools/registry.ts';
import { type Bench, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench({ organizations: 300, users: 2_000 });
});

/** What a tree sends for one expand, by its path. */
async function sentFor(tool: ToolName, input: object): Promise<string[]> {
  bench.sandbox.requests.clear();
  await bench.tree(tool, { limit: 100, ...input });
  return bench.sandbox.requests.entries.map(({ path }) => path);
}

describe('a call of a tree', () => {
  it.each([
    ['list_workos_organizations', () => ({}), '/organizations'],
    ['list_workos_organizations', () => ({ search: 'a' }), '/organizations'],
    ['list_sso_connections', () => ({}), '/connections'],
    ['list_sso_connections', () => ({ organization: bench.organization('Acme Corp').id }), '/connections'],
    ['list_directories', () => ({}), '/directories'],
    ['list_directories', () => ({ organization: bench.organization('Acme Corp').id }), '/directories'],
    ['list_directory_groups', acme, '/directory_groups'],
    ['list_directory_users', acme, '/directory_users'],
    ['list_directory_users', acmeGroup, '/directory_users'],
    [
      'get_audit_log_events',
      () => ({ organization: bench.organization('Acme Corp').id, source: 'events' }),
      '/events',
    ],
  ] as const)('%s sends one request', async (tool, input, path) => {
    expect(await sentFor(tool, input())).toEqual([path]);
  });

  it('pages through security events, one request each, and misses none', async () => {
    const organization = bench.organization('Acme Corp').id;
    const all = await bench.person('get_audit_log_events', { organization, source: 'events', limit: 100 });
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    let calls = 0;
    do {
      const page = await bench.tree('get_audit_log_events', {
        organization,
        source: 'events',
        limit: 100,
        cursor,
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
      calls += 1;
    } while (cursor !== undefined && seen.length < all.items.length);
    expect(seen.slice(0, all.items.length)).toEqual(all.items.map(({ id }) => id));
    expect(calls).toBeLessThan(10);
  });

  it('shows what the rows themselves hold', async () => {
    const { items } = await bench.tree('list_sso_connections', { limit: 5 });
    for (const { organization } of items) {
      expect(organization?.id).toMatch(/^org_/u);
      expect(organization?.name).toBeUndefined();
    }
  });
});

function acme() {
  return { directory_id: bench.directory('Acme Okta Directory').id };
}

function acmeGroup() {
  const { id } = bench.directory('Acme Okta Directory');
  return { directory_id: id, group: bench.account.groupsOf(id)[0]?.id };
}

describe('a call of a command', () => {
  it('gets every field of a user, which agents get for one person only', async () => {
    const [row] = (await bench.command('list_directory_users', { ...acme(), limit: 1 })).items;
    const [lean] = (await bench.agent('list_directory_users', { ...acme(), limit: 1 })).items;
    expect(row?.idp_id).toMatch(/\S/u);
    expect(lean?.id).toBe(row?.id);
    expect(lean?.idp_id).toBeUndefined();
  });
});
