import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { callOk, connectHttp, connectStdio } from '../support/clients.ts';
import { listAllResources } from '../support/resources.ts';
import { startServer } from '../support/server.ts';

const NOT_FOUND = -32002;

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount();
});

/** Fields that hold the time of the answer. */
const moving = { events_since: '', last_login_note: '', activity_note: '' };

const named = (rows: readonly { name: string; id: string }[], name: string) => {
  const row = rows.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`no ${name}`);
  return row.id;
};

async function readText(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  expect(contents).toMatchObject([{ uri, mimeType: 'application/json' }]);
  const [content] = contents;
  return content !== undefined && 'text' in content ? content.text : '';
}

const completeId = async (client: Client, kind: string, value: string) =>
  (
    await client.complete({
      ref: { type: 'ref/resource', uri: `workos://${kind}/{id}` },
      argument: { name: 'id', value },
    })
  ).completion;

describe.each([
  ['HTTP', async (env: Record<string, string>) => connectHttp(await startServer({ env }))],
  ['stdio', async (env: Record<string, string>) => connectStdio({ env })],
])('over %s', (_kind, connect) => {
  let client: Client;
  beforeAll(async () => {
    client = await connect(account.env);
  });

  it('three kinds of object have a template', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate, mimeType }) => [uriTemplate, mimeType])).toEqual([
      ['workos://organization/{id}', 'application/json'],
      ['workos://connection/{id}', 'application/json'],
      ['workos://directory/{id}', 'application/json'],
    ]);
    for (const { title, description } of resourceTemplates) {
      expect(title).toMatch(/^WorkOS /u);
      expect(description).toMatch(/\.$/u);
    }
  });

  it('organizations are listed as they are in the account', async () => {
    const listed = await listAllResources(client);
    const truth = account.account.organizations.map(({ id, name }) => `workos://organization/${id} ${name}`);
    expect(listed.map(({ uri, name }) => `${uri} ${name}`).toSorted()).toEqual(truth.toSorted());
    expect(listed.find(({ name }) => name === 'Acme Corp')).toMatchObject({
      title: 'Acme Corp',
      description: expect.stringContaining('acme.com'),
      mimeType: 'application/json',
    });
  });

  it('reading gives the text of the details tool', async () => {
    const organization = named(account.account.organizations, 'Umbra Health');
    const connection_id = named(account.account.connections, 'Stark ADFS SAML');
    const directory_id = named(account.account.directories, 'Acme Okta Directory');
    const expected = [
      [
        `workos://organization/${organization}`,
        await callOk(client, 'get_organization_details', { organization }),
      ],
      [
        `workos://connection/${connection_id}`,
        await callOk(client, 'get_sso_connection_details', { connection_id }),
      ],
      [`workos://directory/${directory_id}`, await callOk(client, 'get_directory_details', { directory_id })],
    ] as const;
    for (const [uri, value] of expected) {
      const text = await readText(client, uri);
      const parsed = JSON.parse(text) as object;
      expect(Object.keys(parsed)).toEqual(Object.keys(value));
      expect({ ...parsed, ...moving }).toEqual({ ...value, ...moving });
      expect(Buffer.byteLength(text)).toBeLessThan(8_000);
    }
  });

  it('a renamed organization is listed and read under its new name', async () => {
    const own = await startAccount();
    const [first] = own.account.organizations;
    if (first === undefined) throw new Error('no organization');
    first.name = 'Renamed Corp';
    const other = await connect(own.env);
    expect((await listAllResources(other)).map(({ name }) => name)).toContain('Renamed Corp');
    expect(await readText(other, `workos://organization/${first.id}`)).toContain('"name":"Renamed Corp"');
  });

  it.each([
    'workos://organization/Acme%20Corp',
    'workos://organization/acme',
    'workos://organization/',
    'workos://organization/org_1/domains',
    'workos://connection/org_01',
    'workos://user/user_01',
    'file:///etc/passwd',
    'WORKOS://organization/org_01',
    `workos://organization/org_${'x'.repeat(200)}`,
  ])('%s is not found, without a request', async (uri) => {
    const before = account.requests.count();
    await expect(client.readResource({ uri })).rejects.toMatchObject({
      code: NOT_FOUND,
      message: expect.stringContaining('There is no such resource'),
    });
    expect(account.requests.count()).toBe(before);
  });

  it('an id that WorkOS does not know is not found either', async () => {
    const uri = 'workos://directory/directory_01NOBODY';
    await expect(client.readResource({ uri })).rejects.toMatchObject({
      code: NOT_FOUND,
      data: { uri, code: 'NOT_FOUND', hint: expect.stringContaining('list_directories') },
    });
  });

  it('a cursor from elsewhere is refused', async () => {
    await expect(client.listResources({ cursor: 'bm90aGluZw' })).rejects.toMatchObject({
      code: ErrorCode.InvalidParams,
      data: { code: 'INVALID_CURSOR' },
    });
  });

  it('ids are completed by their start and by name', async () => {
    const directory = named(account.account.directories, 'Acme Okta Directory');
    const connection = named(account.account.connections, 'Stark ADFS SAML');
    const organization = named(account.account.organizations, 'Acme Corp');
    expect((await completeId(client, 'directory', 'okta')).values).toEqual([directory]);
    expect((await completeId(client, 'directory', directory.slice(0, -2))).values).toEqual([directory]);
    expect((await completeId(client, 'connection', 'ADFS')).values).toEqual([connection]);
    expect((await completeId(client, 'organization', 'acme')).values).toEqual([organization]);
    expect((await completeId(client, 'organization', '')).values).toHaveLength(
      account.account.organizations.length,
    );
    expect((await completeId(client, 'organization', 'org_9999')).values).toEqual([]);
    await expect(completeId(client, 'user', '')).rejects.toMatchObject({ code: ErrorCode.InvalidParams });
  });

  it('trouble on the way is an error with our code and words', async () => {
    const own = await startAccount();
    const other = await connect(own.env);
    own.faults.set({ kind: 'status', status: 403, body: { message: 'upstream secret' } });
    const [{ id } = { id: '' }] = own.account.organizations;
    const failed = [other.listResources(), other.readResource({ uri: `workos://organization/${id}` })];
    for (const { reason: error } of (await Promise.allSettled(failed)) as { reason?: unknown }[]) {
      expect(error).toMatchObject({ code: ErrorCode.InternalError, data: { code: 'FORBIDDEN' } });
      expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('upstream');
    }
    expect(await completeId(other, 'organization', 'acme')).toMatchObject({ values: [], hasMore: false });
  });
});
