import { beforeAll, describe, expect, it } from 'vitest';
import { newConnection, newDirectory, newEvent, newGroup, newOrganization, newUser } from './objects.ts';
import { type Bench, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

/** Makes a row what the API may send one day: only its id and what is given, as it is given. */
function reduce<T extends { id: string }>(row: T, given: object = {}): T {
  const { id } = row;
  for (const key of Object.keys(row)) delete (row as Record<string, unknown>)[key];
  return Object.assign(row, { id }, given);
}
const nulled = <T extends { id: string }>(row: T, kept: string[] = []) =>
  reduce(
    row,
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, [...kept, 'id'].includes(key) ? value : null]),
    ),
  );
const fresh = () => newOrganization(bench.account, 'Fresh').id;

describe('records that are not as documented', () => {
  it('organizations with nulls, missing and new fields', async () => {
    const bare = reduce(newOrganization(bench.account, 'x'), { name: 'Bare', domains: [] });
    const odd = nulled(newOrganization(bench.account, 'Odd'), ['name', 'domains']);
    Object.assign(odd, {
      brand_new: { a: 1 },
      metadata: { a: 1 },
      domains: [{ domain: 'odd.example', state: 'new_state' }],
    });
    const { items } = await bench.agent('list_workos_organizations', { limit: 2 });
    expect(items).toEqual([
      { id: odd.id, name: 'Odd', domains: [{ domain: 'odd.example', state: 'new_state' }] },
      { id: bare.id, name: 'Bare' },
    ]);
    const details = await bench.agent('get_organization_details', { organization: odd.id });
    expect(details).toMatchObject({ id: odd.id, domains: [{ domain: 'odd.example', state: 'new_state' }] });
    expect(details).not.toHaveProperty('issues');
    bench.account.organizations.length -= 2;
  });

  it('connections with nulls, an unknown state and an unknown type', async () => {
    const organization = fresh();
    const odd = newConnection(bench.account, organization, { name: 'Odd', connection_type: 'QuantumLDAP' });
    Object.assign(odd, { state: 'paused', domains: null, options: null, created_at: null, extra: [1] });
    const shown = { id: odd.id, name: 'Odd', type: 'QuantumLDAP', provider: 'Quantum LDAP', state: 'paused' };
    const page = await bench.agent('list_sso_connections', { organization });
    expect(page.items).toEqual([{ ...shown, organization: { id: organization, name: 'Fresh' } }]);
    expect(page.by_state).toEqual({ paused: 1 });
    const details = await bench.agent('get_sso_connection_details', { connection_id: odd.id });
    expect(details).toMatchObject({ ...shown, state_meaning: 'A state this server does not know.' });
    expect(details).not.toHaveProperty('issues');
  });

  it('a connection without an organization', async () => {
    const odd = newConnection(bench.account, '', { name: 'Alone' });
    Object.assign(odd, { organization_id: null });
    const details = await bench.agent('get_sso_connection_details', { connection_id: odd.id });
    expect(details).not.toHaveProperty('organization');
    const { items } = await bench.agent('list_sso_connections', { search: 'Alone' });
    expect(items[0]).not.toHaveProperty('organization');
    bench.account.connections.pop();
  });

  it('directories without counts, with an unknown state', async () => {
    const organization = fresh();
    const odd = newDirectory(bench.account, organization, 'Odd');
    Object.assign(odd, { metadata: null, state: 'paused', type: 'telepathy', domain: null });
    const { items, total } = await bench.agent('list_directories', { organization });
    expect(items).toEqual([
      {
        id: odd.id,
        name: 'Odd',
        type: 'telepathy',
        provider: 'Telepathy',
        state: 'paused',
        organization: { id: organization, name: 'Fresh' },
      },
    ]);
    expect(total).toBe(1);
    const details = await bench.agent('get_directory_details', { directory_id: odd.id });
    expect(details).toMatchObject({ state_meaning: 'A state this server does not know.' });
    expect(details).not.toHaveProperty('users');
    const users = await bench.agent('list_directory_users', { directory_id: odd.id });
    expect(users).toMatchObject({ items: [], total: 0, complete: true });
  });

  it('users and groups with nulls, new roles and states', async () => {
    const directory = newDirectory(bench.account, fresh(), 'People');
    const group = newGroup(bench.account, directory, 'x');
    const bare = newUser(bench.account, directory, {}, [group.id]);
    nulled(bare, ['directory_id']);
    const odd = newUser(bench.account, directory, { first_name: 'Ada', last_name: 'Byron' });
    Object.assign(odd, {
      name: null,
      email: null,
      state: 'sleeping',
      roles: [{ slug: 'a' }, { slug: 'b' }],
      role: 7,
    });
    const input = { directory_id: directory.id };
    const { items } = await bench.agent('list_directory_users', input);
    expect(items).toEqual([
      { id: odd.id, name: 'Ada Byron', state: 'sleeping', roles: ['a', 'b'], created_at: odd.created_at },
      { id: bare.id },
    ]);
    for (const filter of [{ search: 'ada' }, { search: 'byron' }]) {
      const found = await bench.agent('list_directory_users', { ...input, ...filter });
      expect(found.items.map(({ id }) => id)).toEqual([odd.id]);
    }
    reduce(group, { directory_id: directory.id });
    const groups = await bench.agent('list_directory_groups', { ...input, member_counts: true });
    expect(groups.items).toEqual([{ id: group.id, directory_id: directory.id, members: 1 }]);
  });

  it('events without data, of types not known, and audit rows with empty columns', async () => {
    const organization = fresh();
    const event = newEvent(bench.account, organization, { event: 'session.created' });
    Object.assign(event, { data: null, context: 'text', extra: 1 });
    const odd = newEvent(bench.account, organization, {
      event: 'session.revoked',
      data: { object: 7, user_id: 9, email: null, sso: 'x', error: [], state: {} },
    });
    const nobody = { id: '', type: '', name: '', metadata: {} };
    const occurred_at = new Date(Date.now() - 1_000).toISOString();
    bench.account.auditRowsOf(organization).push({
      action: '',
      occurred_at,
      actor: nobody,
      targets: [],
      metadata: {},
      context: { location: '', user_agent: '' },
    });
    const { items } = await bench.agent('get_audit_log_events', { organization });
    expect(items).toEqual([
      ...[odd, event].map(({ id, event: type, created_at: time }) => ({ source: 'events', time, type, id })),
      { source: 'audit_log', time: occurred_at },
    ]);
  });

  it('a page that is not JSON is an error, not an empty list', async () => {
    const own = await startBench();
    for (const kind of ['empty-200-html', 'truncate'] as const) {
      own.sandbox.faults.set({ kind, match: ({ path }) => path === '/organizations', times: 1 });
      const outcome = await own.agent('list_workos_organizations').catch((error: Error) => error.message);
      expect(JSON.stringify(outcome)).toMatch(kind === 'truncate' ? /Acme Corp/u : /BAD_RESPONSE/u);
    }
  });
});
