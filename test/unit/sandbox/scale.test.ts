import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ascending, type Client, getPatiently, ids, startClient } from './support.ts';

let client: Client;

beforeAll(async () => {
  client = await startClient({ organizations: 10_000, users: 100_000 });
});
afterAll(() => client.sandbox.close());

describe('the size of an account', () => {
  it.each([
    [{ organizations: 4 }, 'organizations must be a whole number from 5 to 10000'],
    [{ organizations: 10_001 }, 'organizations'],
    [{ users: 0 }, 'users must be a whole number from 1 to 100000'],
    [{ users: 1.5 }, 'users'],
  ])('%j is refused', async (options, words) => {
    await expect(startClient(options)).rejects.toThrow(words);
  });
});

describe('a large account', () => {
  it('pages 10,000 organizations, each with its own name and domain', async () => {
    const { organizations } = client.sandbox.account;
    expect(organizations).toHaveLength(10_000);
    expect(new Set(organizations.map(({ name }) => name)).size).toBe(10_000);
    expect(new Set(organizations.flatMap(({ domains }) => domains.map(({ domain }) => domain))).size).toBe(
      10_003,
    );
    expect(new Set(ids(organizations)).size).toBe(10_000);
    const read: string[] = [];
    let after = '';
    do {
      const { body } = await client.get(`/organizations?limit=100${after}`);
      read.push(...ids(body.data));
      after = body.list_metadata.after === null ? '' : `&after=${body.list_metadata.after}`;
    } while (after !== '');
    expect(read).toEqual(ids(organizations).toReversed());
  });

  it('keeps what it generates healthy', () => {
    const { connections, directories } = client.sandbox.account;
    expect(connections.filter(({ state }) => state !== 'active').map(({ name }) => name)).toEqual([
      'OneLogin SAML',
      'Umbra Entra SAML',
    ]);
    expect(directories.filter(({ state }) => state !== 'linked').map(({ name }) => name)).toEqual([
      'Global Tech Google Workspace',
      'Stark Workday',
    ]);
    expect(connections.length).toBeGreaterThan(3_000);
    expect(directories.length).toBeGreaterThan(2_000);
  });

  it('holds 100,000 users in one directory and finds any of them', async () => {
    const { id, metadata } = client.directory('Umbra Entra ID Directory');
    const users = client.sandbox.account.usersOf(id);
    expect(metadata.users.active + metadata.users.inactive).toBe(100_000);
    expect(users.length).toBe(100_000);
    for (const index of [0, 1, 49_999, 99_998, 99_999]) {
      const user = users.at(index);
      expect(users.indexOf(user?.id ?? '')).toBe(index);
    }
    expect(users.at(100_000)).toBeUndefined();
    expect(users.indexOf('directory_user_01HXYZ')).toBe(-1);
    const middle = users.at(50_000)?.id;
    const { body } = await getPatiently(client, `/directory_users?directory=${id}&limit=100&after=${middle}`);
    expect(body.data).toHaveLength(100);
    expect(body.data[0]).toEqual(users.at(49_999));
    expect(body.data[99]).toEqual(users.at(49_900));
    expect(body.list_metadata).toEqual({ before: users.at(49_999)?.id, after: users.at(49_900)?.id });
  });

  it('knows the groups of a large directory', async () => {
    const { id } = client.directory('Umbra Entra ID Directory');
    const { account } = client.sandbox;
    const [group] = account.groupsOf(id);
    const { body } = await getPatiently(client, `/directory_users?group=${group?.id}&limit=100&order=asc`);
    const members = ids(account.membersOf(group?.id ?? ''));
    expect(members.length).toBe(Math.ceil(100_000 / 7));
    expect(ids(body.data)).toEqual(members.slice(0, 100));
    const emails = new Set([...account.usersOf(id)].map(({ email }) => email));
    expect(emails.size).toBe(100_000);
  });

  it('shows the events of all organizations together, oldest first', () => {
    const events = client.sandbox.account.allEvents();
    expect(events.length).toBeGreaterThan(20_000);
    expect(new Set(ids(events)).size).toBe(events.length);
    expect(ascending(events.map(({ created_at }) => created_at))).toBe(true);
  });
});
