import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ascending, type Client, ids, type Json, readPages, startClient } from './support.ts';

let client: Client;

// A fresh one per test: the walks of one test are exactly what the rate limit of directory users admits.
beforeEach(async () => {
  client = await startClient({ organizations: 57, users: 230 });
});
afterEach(() => client.sandbox.close());

function lists(): { path: string; truth: string[]; limit: number }[] {
  const { account } = client.sandbox;
  const { id } = client.directory('Umbra Entra ID Directory');
  const acme = client.directory('Acme Okta Directory').id;
  const group = account.groupsOf(id).find(({ name }) => name === 'Clinicians')?.id ?? '';
  return [
    { path: '/organizations?', truth: ids(account.organizations), limit: 10 },
    { path: '/connections?', truth: ids(account.connections), limit: 4 },
    { path: '/directories?', truth: ids(account.directories), limit: 3 },
    { path: `/directory_groups?directory=${id}`, truth: ids(account.groupsOf(id)), limit: 3 },
    { path: `/directory_users?directory=${acme}`, truth: ids(account.usersOf(acme)), limit: 60 },
    { path: `/directory_users?group=${group}`, truth: ids(account.membersOf(group)), limit: 25 },
  ];
}

describe('paging', () => {
  it('ground truth is in creation order and has no id twice', () => {
    const { account } = client.sandbox;
    for (const { truth, limit } of lists()) {
      expect(truth.length).toBeGreaterThan(limit);
      expect(new Set(truth).size).toBe(truth.length);
    }
    for (const rows of [account.organizations, account.connections, account.directories]) {
      expect(ascending(rows.map(({ created_at }) => created_at))).toBe(true);
    }
  });

  it('desc, the default, reads newest to oldest and back', async () => {
    for (const { path, truth, limit } of lists()) {
      const newestFirst = truth.toReversed();
      const pages = await readPages(client, `${path}&limit=${limit}`, 'after');
      expect(pages.flat()).toEqual(newestFirst);
      expect(pages.length).toBe(Math.ceil(truth.length / limit));
      const last = newestFirst.at(-1);
      const back = await readPages(client, `${path}&limit=${limit}&order=desc`, 'before', last);
      expect(back.toReversed().flat()).toEqual(newestFirst.slice(0, -1));
    }
  });

  it('asc reads oldest to newest and back', async () => {
    for (const { path, truth, limit } of lists()) {
      const pages = await readPages(client, `${path}&limit=${limit}&order=asc`, 'after');
      expect(pages.flat()).toEqual(truth);
      const back = await readPages(client, `${path}&limit=${limit}&order=asc`, 'before', truth.at(-1));
      expect(back.toReversed().flat()).toEqual(truth.slice(0, -1));
    }
  });

  it('normal shows newest first and turns the cursors round', async () => {
    for (const { path, truth, limit } of lists()) {
      const newestFirst = truth.toReversed();
      const pages = await readPages(client, `${path}&limit=${limit}&order=normal`, 'before');
      expect(pages.flat()).toEqual(newestFirst);
      const back = await readPages(client, `${path}&limit=${limit}&order=normal`, 'after', truth[0]);
      expect(back.toReversed().flat()).toEqual(newestFirst.slice(0, -1));
    }
  });

  it('gives ten rows when no limit is asked for, and no cursor at either end', async () => {
    const first = await client.get('/organizations');
    expect(first.body.data).toHaveLength(10);
    expect(first.body.list_metadata.before).toBeNull();
    expect(first.body.list_metadata.after).toBe(first.body.data[9].id);
    const oldest = client.sandbox.account.organizations[1]?.id;
    const last = await client.get(`/organizations?after=${oldest}`);
    expect(last.body.data).toHaveLength(1);
    expect(last.body.list_metadata.after).toBeNull();
    expect(last.body.list_metadata.before).toBe(last.body.data[0].id);
  });

  it('filters before it cuts', async () => {
    const { account } = client.sandbox;
    const truth = account.organizations.filter(({ name }) => name.toLowerCase().includes('ar'));
    expect(truth.length).toBeGreaterThan(3);
    expect(truth.length).toBeLessThan(account.organizations.length);
    const pages = await readPages(client, '/organizations?search=AR&limit=3', 'after');
    expect(pages.flat()).toEqual(ids(truth).toReversed());
    const saml = account.connections.filter(({ connection_type }) => connection_type === 'OktaSAML');
    const found = await readPages(client, '/connections?connection_type=OktaSAML&limit=2', 'after');
    expect(found.flat()).toEqual(ids(saml).toReversed());
  });
});

describe('filters', () => {
  it('organizations by domain, comma-joined or repeated, in any state', async () => {
    const joined = await client.get('/organizations?domains=acme.io,globaltech.dev');
    const repeated = await client.get('/organizations?domains=ACME.io&domains=globaltech.dev');
    const names = (body: Json) => body.data.map(({ name }: { name: string }) => name).sort();
    expect(names(joined.body)).toEqual(['Acme Corp', 'Global Tech']);
    expect(names(repeated.body)).toEqual(['Acme Corp', 'Global Tech']);
    expect((await client.get('/organizations?domains=nobody.example')).body.data).toEqual([]);
  });

  it('connections and directories by organization, domain and name', async () => {
    const { id } = client.organization('Stark Industries');
    const names = async (path: string) =>
      (await client.get(path)).body.data.map(({ name }: { name: string }) => name);
    expect(await names(`/connections?organization_id=${id}`)).toEqual(['OneLogin SAML', 'Stark ADFS SAML']);
    expect(await names('/connections?domain=acme.io')).toEqual(['Entra ID OIDC']);
    expect(await names('/connections?search=jumpcloud')).toEqual(['JumpCloud SAML']);
    expect(await names(`/directories?organization_id=${id}`)).toEqual(['Stark Workday']);
    expect(await names('/directories?domain=globaltech.com')).toEqual(['Global Tech Google Workspace']);
    expect(await names('/directories?search=okta%20dir')).toEqual(['Acme Okta Directory']);
    expect(await names('/directories?organization_id=org_01HXYZ')).toEqual([]);
  });

  it('users by email and by the id of the identity provider; groups by user', async () => {
    const { id } = client.directory('Acme Okta Directory');
    const found = await client.get(`/directory_users?directory=${id}&email=John%40acme.com`);
    expect(found.body.data.map(({ name }: { name: string }) => name)).toEqual(['John Doe']);
    const [john] = found.body.data;
    const again = await client.get(`/directory_users?directory=${id}&idp_id=${john.idp_id}`);
    expect(ids(again.body.data)).toEqual([john.id]);
    const groups = await client.get(`/directory_groups?user=${john.id}&order=asc`);
    const truth = client.sandbox.account
      .groupsOf(id)
      .filter((group) => ids(client.sandbox.account.membersOf(group.id)).includes(john.id));
    expect(groups.body.data).toEqual(truth);
    expect(groups.body.data.map(({ name }: { name: string }) => name)).toContain('IT Admin Group');
  });
});
