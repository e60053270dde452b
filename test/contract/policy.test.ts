import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../../src/tools/registry.ts';
import { startAccount, type TestAccount } from '../support/account.ts';
import { runCli } from '../support/cli.ts';
import { connectHttp, connectStdio } from '../support/clients.ts';
import { startServer } from '../support/server.ts';

const CREATE = 'create_workos_organization';
const input = { name: 'Policy Test', domains: ['policy-test.example.org'] };
const readers = Object.values(tools).filter(({ annotations }) => annotations.readOnlyHint);

let account: TestAccount;
beforeAll(async () => {
  account = await startAccount();
});

const posts = () => account.requests.count(({ method }) => method === 'POST');
const names = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);
const create = (client: Client) =>
  client.request({ method: 'tools/call', params: { name: CREATE, arguments: input } }, CallToolResultSchema);

describe.each([
  ['a production key', ['sk_live_x'], '--allow-writes'],
  ['a key of unknown kind', ['other'], '--allow-writes'],
  ['a production key and --read-only', ['sk_live_x', '--read-only'], '--read-only'],
  ['a test key and --read-only', ['sk_test_x', '--read-only'], '--read-only'],
])('with %s', (_what, [key = '', ...args], hint) => {
  const env = () => ({ ...account.env, WORKOS_API_KEY: key });

  it.each(['http', 'stdio'])('the create tool is neither listed nor allowed over %s', async (kind) => {
    const client =
      kind === 'http'
        ? await connectHttp(await startServer({ env: env(), args }))
        : await connectStdio({ env: env(), args });
    expect(await names(client)).toEqual(readers.map(({ name }) => name));
    const result = await create(client);
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain('READ_ONLY');
    expect(JSON.stringify(result.content)).toContain(hint);
    expect(posts()).toBe(0);
  });

  it('the terminal is refused too', async () => {
    const { code, stdout } = await runCli(['call', CREATE, JSON.stringify(input), ...args], {
      env: env(),
    });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'READ_ONLY', hint: expect.stringContaining(hint) });
    expect(posts()).toBe(0);
  });
});

describe.each([
  ['a production key and --allow-writes', ['sk_live_x', '--allow-writes']],
  ['a test key', ['sk_test_x']],
])('with %s', (_what, [key = '', ...args]) => {
  it('every tool is listed, and the create tool is let through', async () => {
    const client = await connectHttp(
      await startServer({ env: { ...account.env, WORKOS_API_KEY: key }, args }),
    );
    expect(await names(client)).toEqual(Object.keys(tools));
    // The key is not this account's, so being let through shows in what the account answers.
    expect(JSON.stringify(await create(client))).toContain('INVALID_API_KEY');
    expect(posts()).toBe(0);
  });
});
