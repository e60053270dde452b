import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganization } from '../unit/tools/objects.ts';
import { startAccount, type TestAccount } from '../support/account.ts';
import { callOk, connectHttp, connectStdio } from '../support/clients.ts';
import { startServer } from '../support/server.ts';

const INVESTIGATE = 'investigate_unauthorized_access';

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount();
});

describe.each([
  ['HTTP', async (env: TestAccount['env']) => connectHttp(await startServer({ env }))],
  ['stdio', async (env: TestAccount['env']) => connectStdio({ env })],
])('over %s', (_kind, connect) => {
  let client: Client;
  beforeAll(async () => {
    client = await connect(account.env);
  });

  const complete = async (name: string, argument: string, value: string, by = client) =>
    (await by.complete({ ref: { type: 'ref/prompt', name }, argument: { name: argument, value } }))
      .completion;

  it('prompts are listed and filled in without a request to WorkOS', async () => {
    const before = account.requests.count();
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain(INVESTIGATE);
    const { messages } = await client.getPrompt({
      name: INVESTIGATE,
      arguments: { organization: 'Acme Corp', email: 'john@acme.com' },
    });
    expect(JSON.stringify(messages)).toContain('get_audit_log_events');
    expect(JSON.stringify(messages)).toContain('- Email: \\"john@acme.com\\"');
    expect(account.requests.count()).toBe(before);
  });

  it('a prompt that is not there is a protocol error', async () => {
    await expect(client.getPrompt({ name: 'nothing' })).rejects.toMatchObject({
      code: ErrorCode.InvalidParams,
    });
    await expect(complete('nothing', 'organization', '')).rejects.toMatchObject({
      code: ErrorCode.InvalidParams,
    });
  });

  it('organizations are completed by a part of their name, in one request', async () => {
    const before = account.requests.count();
    expect(await complete(INVESTIGATE, 'organization', 'acm')).toEqual({
      values: ['Acme Corp'],
      hasMore: false,
      total: 1,
    });
    expect(account.requests.count()).toBe(before + 1);
    const all = await complete(INVESTIGATE, 'organization', '');
    expect(all.values.toSorted()).toEqual(account.account.organizations.map(({ name }) => name).toSorted());
    expect(await complete(INVESTIGATE, 'organization', 'no such name')).toMatchObject({
      values: [],
      hasMore: false,
    });
  });

  it('ranges are completed, emails are not', async () => {
    expect((await complete(INVESTIGATE, 'range', '')).values).toEqual(['24h', '7d', '30d', '90d']);
    expect((await complete(INVESTIGATE, 'range', '3')).values).toEqual(['30d']);
    expect((await complete(INVESTIGATE, 'email', 'john')).values).toEqual([]);
    expect((await complete('client_onboarding', 'name', 'Acme')).values).toEqual([]);
    expect((await complete('client_onboarding', 'organization', 'Acme')).values).toEqual([]);
  });

  it('a name that would not lead back to one organization is completed as its id', async () => {
    const own = await startAccount();
    const evil = newOrganization(own.account, 'Evil "quoted"\nCorp');
    const twins = [newOrganization(own.account, 'Twin Corp'), newOrganization(own.account, 'twin corp')];
    const quoted = newOrganization(own.account, 'Plain "quoted" Corp');
    const other = await connect(own.env);
    const { values } = await complete(INVESTIGATE, 'organization', 'corp', other);
    expect(values.toSorted()).toEqual(
      ['Acme Corp', quoted.name, evil.id, ...twins.map(({ id }) => id)].toSorted(),
    );
    for (const organization of values) {
      expect(await callOk(other, 'get_organization_details', { organization })).toHaveProperty('id');
    }
  });

  it('says when more match than fit into an answer', async () => {
    const large = await startAccount({ organizations: 300 });
    const other = await connect(large.env);
    const { values, hasMore } = await complete(INVESTIGATE, 'organization', '', other);
    expect(values.length).toBeGreaterThan(10);
    expect(values.length).toBeLessThanOrEqual(100);
    expect(hasMore).toBe(true);
  });

  it('what fails while completing gives no values instead of an error', async () => {
    const own = await startAccount();
    const other = await connect(own.env);
    own.faults.set({ kind: 'status', status: 401 });
    expect(await complete(INVESTIGATE, 'organization', 'acm', other)).toMatchObject({ values: [] });
    own.faults.clear();
    expect((await complete(INVESTIGATE, 'organization', 'acm', other)).values).toEqual(['Acme Corp']);
    expect((await complete(INVESTIGATE, 'organization', 'x'.repeat(5_000), other)).values).toEqual([]);
  });
});

it('without a key there is nothing to complete with, and prompts are there', async () => {
  const client = await connectStdio({ env: {} });
  expect((await client.listPrompts()).prompts).toHaveLength(4);
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name: INVESTIGATE },
    argument: { name: 'organization', value: 'a' },
  });
  expect(completion).toMatchObject({ values: [] });
});
