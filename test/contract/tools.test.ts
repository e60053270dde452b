import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { callOk, callTool, connectHttp, connectStdio } from '../support/clients.ts';
import { readAll } from '../support/paging.ts';
import { startServer } from '../support/server.ts';

/** It reads and writes in one session, and no person is there. */
const UNASKED = ['--approvals', 'never'];
const DAY_MS = 86_400_000;

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount({ organizations: 250 });
});

const ids = (rows: readonly { readonly id?: string | undefined }[]) => rows.map(({ id }) => id);
const newestFirst = (rows: Iterable<{ readonly id: string }>) => [...rows].map(({ id }) => id).toReversed();
const acme = () => account.account.organizations.find(({ name }) => name === 'Acme Corp')!;
const acmeDirectory = () =>
  account.account.directories.find(({ organization_id }) => organization_id === acme().id)!;

describe.each([
  ['stdio', () => connectStdio({ env: account.env, args: UNASKED })],
  ['HTTP', async () => connectHttp(await startServer({ env: account.env, args: UNASKED }))],
])('the ten tools over %s', (_kind, connect) => {
  let client: Client;
  beforeAll(async () => {
    client = await connect();
  });

  it('list_workos_organizations pages to the end of the account', async () => {
    const rows = await readAll(client, 'list_workos_organizations', { limit: 100 });
    expect(ids(rows)).toEqual(newestFirst(account.account.organizations));
  });

  it('get_organization_details finds by name, domain and id', async () => {
    const { id } = acme();
    for (const organization of ['Acme Corp', 'acme.com', id]) {
      const details = await callOk(client, 'get_organization_details', { organization });
      expect(details).toMatchObject({ id, name: 'Acme Corp', totals: { connections: 2, directories: 1 } });
      expect(details.issues).toBeUndefined();
    }
  });

  it('list_sso_connections pages to the end, and details follow from its ids', async () => {
    const rows = await readAll(client, 'list_sso_connections', { limit: 100 });
    expect(ids(rows)).toEqual(newestFirst(account.account.connections));
    const okta = rows.find(
      ({ name, organization }) => name === 'Okta SAML' && organization?.name === 'Acme Corp',
    )!;
    const details = await callOk(client, 'get_sso_connection_details', { connection_id: okta.id });
    expect(details).toMatchObject({ id: okta.id, state: 'active', certificate: { status: 'ok' } });
    expect(details.last_login?.email).toContain('@acme.com');
  });

  it('list_directories pages to the end, and details follow from its ids', async () => {
    const rows = await readAll(client, 'list_directories', { limit: 100 });
    expect(ids(rows)).toEqual(newestFirst(account.account.directories));
    const details = await callOk(client, 'get_directory_details', { directory_id: acmeDirectory().id });
    expect(details).toMatchObject({ state: 'linked', users: 120, groups: 10, active_users: 112 });
    expect(details.events).toHaveLength(10);
  });

  it('list_directory_groups and list_directory_users page to the end of a directory', async () => {
    const { id } = acmeDirectory();
    const groups = await readAll(client, 'list_directory_groups', { directory_id: id, limit: 3 });
    expect(ids(groups)).toEqual(newestFirst(account.account.groupsOf(id)));
    const users = await readAll(client, 'list_directory_users', { directory_id: id, limit: 100 });
    expect(ids(users)).toEqual(newestFirst(account.account.usersOf(id)));
    expect(users.slice(0, 3).map(({ name }) => name)).toEqual(['John Doe', 'Jane Smith', 'Robert Brown']);
  });

  it('tells as progress that it waits for the rate limit of a directory', async () => {
    const told: (string | undefined)[] = [];
    const args = { directory_id: acmeDirectory().id, member_counts: true };
    const called = await callTool(client, 'list_directory_groups', args, {
      onprogress: ({ message }) => told.push(message),
    });
    expect(called.ok).toBe(true);
    expect(told).toContainEqual(expect.stringMatching(/^Waiting [\d.]+ s for the API's rate limit$/u));
    expect(told.at(-1)).toMatch(/^Counting members/u);
  });

  it('get_audit_log_events merges both sources to the end of the range', async () => {
    const from = new Date(Date.now() - 5 * DAY_MS);
    const rows = await readAll(client, 'get_audit_log_events', {
      organization: acme().id,
      from: from.toISOString(),
      limit: 100,
    });
    const inRange = (time: string) => Date.parse(time) >= from.getTime();
    const events = account.account.eventsOf(acme().id).filter(({ created_at }) => inRange(created_at));
    const audit = account.account.auditRowsOf(acme().id).filter(({ occurred_at }) => inRange(occurred_at));
    expect(rows.filter(({ source }) => source === 'events').map(({ id }) => id)).toEqual(newestFirst(events));
    expect(rows.filter(({ source }) => source === 'audit_log')).toHaveLength(audit.length);
    const times = rows.map(({ time = '' }) => Date.parse(time));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(audit.length).toBeGreaterThan(10);
  });

  it('create_workos_organization writes once, after a dry run that writes nothing', async () => {
    const name = `Contract ${_kind}`;
    const input = { name, domains: [`${_kind.toLowerCase()}.contract.example`] };
    const before = account.account.organizations.length;
    const planned = await callOk(client, 'create_workos_organization', { ...input, dry_run: true });
    expect(planned.summary).toMatch(/^Nothing was created/u);
    expect(account.account.organizations).toHaveLength(before);
    const created = await callOk(client, 'create_workos_organization', input);
    expect(created.organization.domains?.[0]?.dns_record?.type).toBe('TXT');
    expect(account.account.organizations).toHaveLength(before + 1);
    expect(account.account.organizations.at(-1)).toMatchObject({ id: created.organization.id, name });
  });
});
