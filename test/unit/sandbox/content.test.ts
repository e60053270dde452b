import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, DAY, type Json, NOW, startClient } from './support.ts';

let client: Client;

beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.sandbox.close());

const eventsOf = (name: string): Json[] => [...client.sandbox.account.eventsOf(client.organization(name).id)];
const daysBefore = (time: string) => (NOW.getTime() - Date.parse(time)) / DAY;
const certificateOf = (name: string) => {
  const text = client.connection(name).options?.signing_cert;
  return typeof text === 'string' ? new X509Certificate(text) : undefined;
};

describe('the sample account', () => {
  it('has five organizations and is the same at the same moment', async () => {
    const again = await startClient();
    const { account } = again.sandbox;
    expect(account.organizations).toEqual(client.sandbox.account.organizations);
    expect(account.allEvents()).toEqual(client.sandbox.account.allEvents());
    expect(account.directories).toEqual(client.sandbox.account.directories);
    for (const { id } of account.organizations) {
      expect(account.auditRowsOf(id)).toEqual(client.sandbox.account.auditRowsOf(id));
    }
    await again.sandbox.close();
    expect(client.sandbox.account.organizations.map(({ name }) => name)).toEqual([
      'Acme Corp',
      'Global Tech',
      'Stark Industries',
      'Umbra Health',
      'Nordwind Logistics',
    ]);
  });

  it('has ids whose time part is the creation time', () => {
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const { account } = client.sandbox;
    const users = account.directories.flatMap(({ id }) => [...account.usersOf(id), ...account.groupsOf(id)]);
    const domains = account.organizations.flatMap(({ domains: each }) => each);
    const rows = [account.organizations, account.connections, account.directories, account.allEvents()];
    for (const row of [...rows.flat(), ...users, ...domains]) {
      expect(row.id).toMatch(
        /^(org|org_domain|conn|directory|directory_user|directory_group|event)_[0-9A-HJKMNP-TV-Z]{26}$/,
      );
      const time = Array.from(row.id.slice(-26, -16)).reduce(
        (sum, each) => sum * 32 + letters.indexOf(each),
        0,
      );
      expect(new Date(time).toISOString()).toBe(row.created_at);
    }
  });

  it('counts users and groups truly', () => {
    const { account } = client.sandbox;
    for (const { id, metadata } of account.directories) {
      const states = [...account.usersOf(id)].map(({ state }) => state);
      const active = states.filter((state) => state === 'active').length;
      expect(metadata).toEqual({
        users: { active, inactive: states.length - active },
        groups: account.groupsOf(id).length,
      });
      const emails = [...account.usersOf(id)].map(({ email }) => email);
      expect(new Set(emails).size).toBe(emails.length);
    }
  });
});

describe('Acme Corp', () => {
  it('has two verified domains, two active connections and a linked Okta directory', () => {
    const acme = client.organization('Acme Corp');
    expect(acme.domains.map(({ domain, state }) => [domain, state])).toEqual([
      ['acme.com', 'verified'],
      ['acme.io', 'verified'],
    ]);
    expect(acme.external_id).toBe('acme-corp');
    expect(Object.keys(acme.metadata).length).toBeGreaterThan(1);
    const own = client.sandbox.account.connections.filter(
      ({ organization_id }) => organization_id === acme.id,
    );
    expect(own.map((row) => [row.name, row.connection_type, row.state])).toEqual([
      ['Okta SAML', 'OktaSAML', 'active'],
      ['Entra ID OIDC', 'EntraIdOIDC', 'active'],
    ]);
    expect(own[1]).not.toHaveProperty('options');
    expect(certificateOf('Okta SAML')?.validToDate.getTime()).toBeGreaterThan(NOW.getTime() + 365 * DAY);
    expect(client.directory('Acme Okta Directory')).toMatchObject({
      organization_id: acme.id,
      type: 'okta scim v2.0',
      state: 'linked',
      metadata: { users: { active: 112, inactive: 8 }, groups: 10 },
    });
    expect(client.sandbox.account.auditConfigurations.get(acme.id)).toMatchObject({
      state: 'active',
      log_stream: { type: 'Datadog', state: 'active' },
    });
  });

  it('has 120 users, the newest of them John, Jane and Robert', async () => {
    const { id } = client.directory('Acme Okta Directory');
    expect(client.sandbox.account.usersOf(id).length).toBe(120);
    const { body } = await client.get(`/directory_users?directory=${id}&limit=3`);
    expect(body.data.map((row: Json) => [row.name, row.email, row.state])).toEqual([
      ['John Doe', 'john@acme.com', 'active'],
      ['Jane Smith', 'jane@acme.com', 'active'],
      ['Robert Brown', 'robert@acme.com', 'active'],
    ]);
    const admins = client.sandbox.account.groupsOf(id).find(({ name }) => name === 'IT Admin Group');
    const names = [...client.sandbox.account.membersOf(admins?.id ?? '')].map(({ name }) => name);
    expect(names).toContain('John Doe');
    expect(names.length).toBe(6);
  });

  it('has recent logins on both connections, recent directory events and no trouble', () => {
    const events = eventsOf('Acme Corp');
    expect(events.length).toBeGreaterThan(300);
    expect(events.filter(({ event }) => /fail|denied|required|deactiv|deleted|risk/.test(event))).toEqual([]);
    for (const name of ['Okta SAML', 'Entra ID OIDC']) {
      const { id } = client.connection(name);
      const logins = events.filter(
        (row) => row.event === 'authentication.sso_succeeded' && row.data.sso.connection_id === id,
      );
      expect(logins.length).toBeGreaterThan(50);
      expect(daysBefore(logins.at(-1).created_at)).toBeLessThan(2);
    }
    const synced = events.filter(({ event }) => event.startsWith('dsync.'));
    expect(daysBefore(synced.at(-1).created_at)).toBeLessThan(3);
    const rows = client.sandbox.account.auditRowsOf(client.organization('Acme Corp').id);
    expect(rows.length).toBe(1_500);
    expect(daysBefore(rows.at(-1)!.occurred_at)).toBeLessThan(1);
  });
});
