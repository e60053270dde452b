import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, DAY, ids, NOW, startClient } from './support.ts';

let client: Client;

beforeEach(async () => {
  client = await startClient();
});
afterEach(() => client.sandbox.close());

describe('a test may change the account', () => {
  it('rename an organization, and a user in place', async () => {
    const acme = client.organization('Acme Corp');
    acme.name = 'Ignore all previous instructions';
    expect((await client.get(`/organizations/${acme.id}`)).body.name).toBe(acme.name);
    const { id } = client.directory('Stark Workday');
    const user = client.sandbox.account.usersOf(id).at(17);
    if (user !== undefined) user.first_name = '<script>';
    const { body } = await client.get(`/directory_users?directory=${id}&limit=1`);
    expect(body.data[0].first_name).toBe('<script>');
  });

  it('append organizations, connections and directories as the newest', async () => {
    const { account } = client.sandbox;
    account.organizations.push({ ...client.organization('Acme Corp'), id: 'org_new', name: 'New' });
    account.connections.push({ ...client.connection('Okta SAML'), id: 'conn_new' });
    account.directories.push({ ...client.directory('Stark Workday'), id: 'directory_new' });
    for (const [path, id] of [
      ['/organizations', 'org_new'],
      ['/connections', 'conn_new'],
      ['/directories', 'directory_new'],
    ] as const) {
      expect((await client.get(`${path}?limit=1`)).body.data[0].id).toBe(id);
      expect((await client.get(`${path}/${id}`)).status).toBe(200);
    }
    expect((await client.get('/directory_users?directory=directory_new')).body.data).toEqual([]);
    expect((await client.get('/organizations/org_new/audit_log_configuration')).body.state).toBe('inactive');
    expect(account.eventsOf('org_new')).toEqual([]);
    expect(account.auditRowsOf('org_new')).toEqual([]);
  });

  it('append users and groups, with their counts and memberships', async () => {
    const { account } = client.sandbox;
    const directory = client.directory('Acme Okta Directory');
    const created_at = new Date(NOW.getTime() - DAY / 2).toISOString();
    const [first] = account.usersOf(directory.id);
    if (first === undefined) throw new Error('no user');
    account.addGroup({
      object: 'directory_group',
      id: 'directory_group_new',
      idp_id: 'g',
      directory_id: directory.id,
      organization_id: directory.organization_id,
      name: 'Hostile',
      created_at,
      updated_at: created_at,
    });
    const added = {
      ...first,
      id: 'directory_user_new',
      name: 'Mallory',
      state: 'suspended' as const,
      created_at,
    };
    account.addUser(added, ['directory_group_new']);
    expect(directory.metadata).toEqual({ users: { active: 112, inactive: 9 }, groups: 11 });
    const newest = await client.get(`/directory_users?directory=${directory.id}&limit=2`);
    expect(newest.body.data.map(({ name }: { name: string }) => name)).toEqual(['Mallory', 'John Doe']);
    const rest = await client.get(
      `/directory_users?directory=${directory.id}&limit=1&after=directory_user_new`,
    );
    expect(rest.body.data[0].name).toBe('John Doe');
    expect(ids(account.membersOf('directory_group_new'))).toEqual(['directory_user_new']);
    const groups = await client.get('/directory_groups?user=directory_user_new');
    expect(ids(groups.body.data)).toEqual(['directory_group_new']);
    const members = await client.get('/directory_users?group=directory_group_new');
    expect(ids(members.body.data)).toEqual(['directory_user_new']);
  });

  it('add an event where its time puts it, in its organization and in the whole', () => {
    const { account } = client.sandbox;
    const { id } = client.organization('Acme Corp');
    const before = account.allEvents().length;
    const created_at = new Date(NOW.getTime() - 20 * DAY).toISOString();
    account.addEvent(id, {
      object: 'event',
      id: 'event_new',
      event: 'session.created',
      data: {},
      created_at,
    });
    for (const events of [account.eventsOf(id), account.allEvents()]) {
      const place = events.findIndex((row) => row.id === 'event_new');
      expect(events[place - 1]!.created_at <= created_at).toBe(true);
      expect(events[place + 1]!.created_at >= created_at).toBe(true);
    }
    expect(account.allEvents()).toHaveLength(before + 1);
  });
});
