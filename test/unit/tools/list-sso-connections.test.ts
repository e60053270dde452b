import { beforeAll, describe, expect, it } from 'vitest';
import { newConnection, newOrganization } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'list_sso_connections';
let bench: Bench;
let large: Bench;

beforeAll(async () => {
  [bench, large] = await Promise.all([startBench(), startBench()]);
  const { id } = newOrganization(large.account, 'Crowd');
  const states = ['active', 'draft', 'inactive'] as const;
  for (let place = 0; place < 200; place += 1) {
    newConnection(large.account, id, { state: states[place % 3] ?? 'active', name: `Row ${place}` });
  }
});

const byName = (names: string[]) => names.map((name) => bench.connection(name).id);
const tally = (rows: { state: string }[]) =>
  Object.fromEntries(
    [...new Set(rows.map(({ state }) => state))].map((state) => [
      state,
      rows.filter((row) => row.state === state).length,
    ]),
  );

describe('list_sso_connections', () => {
  it('shows each connection with its protocol, provider, organization and domains', async () => {
    const page = await bench.agent(TOOL);
    expect(ids(page.items)).toEqual(ids(newestFirst(bench.account.connections)));
    expect(page).toMatchObject({ total: 7, complete: true, by_state: tally(bench.account.connections) });
    const row = (name: string) => page.items.find(({ id }) => id === bench.connection(name).id);
    expect(row('Okta SAML')).toEqual({
      id: bench.connection('Okta SAML').id,
      name: 'Okta SAML',
      type: 'OktaSAML',
      protocol: 'SAML',
      provider: 'Okta',
      state: 'active',
      organization: { id: bench.organization('Acme Corp').id, name: 'Acme Corp' },
      domains: ['acme.com'],
    });
    expect(row('Entra ID OIDC')).toMatchObject({ protocol: 'OIDC', provider: 'Microsoft Entra ID' });
    expect(row('Google OAuth')).toMatchObject({ protocol: 'OAuth', provider: 'Google' });
    expect(row('Stark ADFS SAML')?.findings).toEqual(['certificate_expiring']);
    expect(row('OneLogin SAML')?.findings).toEqual(['connection_inactive']);
  });

  it.each([
    [{ organization: 'Acme Corp' }, ['Entra ID OIDC', 'Okta SAML']],
    [{ organization: 'starkindustries.com', state: 'active' }, ['Stark ADFS SAML']],
    [{ state: 'validating' }, ['Umbra Entra SAML']],
    [{ state: 'deleting' }, []],
    [{ type: 'OktaSAML' }, ['Okta SAML']],
    [{ domain: 'GLOBALTECH.com' }, ['JumpCloud SAML', 'Google OAuth']],
    [{ search: 'saml', organization: 'Global Tech' }, ['JumpCloud SAML']],
    [{ attention: true, organization: 'Global Tech' }, ['JumpCloud SAML']],
    [{ attention: true, state: 'active' }, ['JumpCloud SAML', 'Stark ADFS SAML']],
    [{ attention: true, search: 'adfs' }, ['Stark ADFS SAML']],
  ])('%o', async (filters, names) => {
    const page = await bench.agent(TOOL, filters);
    expect(ids(page.items)).toEqual(byName(names));
    expect(page).toMatchObject({ complete: true, total: names.length });
    expect(page.by_state ?? {}).toEqual(tally(names.map((name) => bench.connection(name))));
    expect(page.scanned !== undefined).toBe('state' in filters || 'attention' in filters);
  });

  it.each([1, 7, 100])('pages to the end by %i with totals on the last page', async (limit) => {
    const source = limit === 1 ? bench : large;
    const all = newestFirst(source.account.connections);
    for (const ask of [source.agent, source.person]) {
      const { items, pages } = await readAll(ask, TOOL, { limit });
      expect(ids(items)).toEqual(ids(all));
      expect(pages.at(-1)).toMatchObject({ total: all.length, by_state: tally(all) });
    }
    const drafts = all.filter(({ state }) => state === 'draft');
    const filtered = await readAll(source.agent, TOOL, { limit, state: 'draft' });
    expect(ids(filtered.items)).toEqual(ids(drafts));
    expect(filtered.pages.at(-1)?.total).toBe(drafts.length);
  });

  it('counts on demand', async () => {
    expect(await large.agent(TOOL, { limit: 1, count: true })).toMatchObject({ total: 207, complete: false });
    expect(await large.agent(TOOL, { limit: 1, count: true, state: 'draft' })).toMatchObject({ total: 67 });
    expect(await large.agent(TOOL, { limit: 2, count: true, attention: true })).toMatchObject({ total: 137 });
  });

  it('computes attention in a number of event requests that does not grow with the rows', async () => {
    const requestsOf = async (source: Bench) => {
      source.sandbox.requests.clear();
      const { items } = await source.person(TOOL, { attention: true, limit: 100 });
      expect(items.length).toBeGreaterThan(3);
      expect(source.requests('GET', /^\/connections\/./u)).toHaveLength(0);
      return source.requests('GET', '/events').length;
    };
    const few = await requestsOf(bench);
    expect(few).toBeGreaterThan(0);
    expect(few).toBeLessThanOrEqual(6);
    expect(await requestsOf(large)).toBe(few);
  });

  it('asks for no events without attention, and for one organization per distinct owner', async () => {
    large.sandbox.requests.clear();
    await large.person(TOOL, { limit: 100 });
    expect(large.requests('GET', '/events')).toHaveLength(0);
    expect(large.requests('GET', /^\/organizations\/./u)).toHaveLength(1);
  });

  it('is not complete when the time for events ran out', async () => {
    const own = await startBench({ patienceMs: 1 });
    own.sandbox.faults.set({ kind: 'latency', ms: 20, match: ({ path }) => path === '/events' });
    expect((await own.agent(TOOL, { attention: true, limit: 100 })).complete).toBe(false);
  });

  it('keeps the row of an organization that is gone', async () => {
    const own = await startBench();
    const { id } = newConnection(own.account, 'org_01GONE');
    const [row] = (await own.agent(TOOL)).items;
    expect(row).toMatchObject({ id, organization: { id: 'org_01GONE' } });
    own.sandbox.faults.set({
      kind: 'status',
      status: 403,
      match: ({ path }) => path.startsWith('/organizations/'),
    });
    expect(await own.refused(TOOL)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('refuses foreign cursors and what is not a type', async () => {
    const { next_cursor: cursor } = await large.agent(TOOL, { limit: 2 });
    expect(await large.refused(TOOL, { cursor, state: 'draft' })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await bench.refused(TOOL, { cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await bench.refused(TOOL, { type: 'a,b' })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await bench.refused(TOOL, { type: 'NoSuchSAML' })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('connection_type'),
    });
  });

  it('says what findings were looked for in, and looks into logins for one organization', async () => {
    const all = await bench.agent(TOOL, { search: 'JumpCloud' });
    expect(all.findings_from).toEqual(['state', 'certificate']);
    expect(all.items[0]).not.toHaveProperty('findings');
    const one = await bench.agent(TOOL, { organization: 'Global Tech', search: 'JumpCloud' });
    expect(one.findings_from).toEqual(['state', 'certificate', 'logins']);
    expect(one.items[0]?.findings).toEqual(['sso_failures']);
  });

  it.each(['okta', 'Okta', 'OktaSAML'])('takes the type %s, by API name or provider', async (type) => {
    const { items } = await bench.agent(TOOL, { type });
    expect(items.map(({ name }) => name)).toEqual(['Okta SAML']);
  });
});
