import { describe, expect, it } from 'vitest';
import type { TokenScope } from '../../../src/access/token-file.ts';
import { allows } from '../../../src/gateway/policy.ts';
import { tools } from '../../../src/tools/registry.ts';
import { connectHttp } from '../../support/clients.ts';
import { serveFake } from '../../support/fake-gateway.ts';
import { goodHeaders, openSession, rawRequest } from '../../support/raw-http.ts';
import { startTokens } from '../access/tokens-bench.ts';

const TOOL = 'list_workos_organizations';
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';

describe('a session', () => {
  it('tells the gateway which token it came with, and lists what that allows', async () => {
    const bench = startTokens();
    const { gate } = bench.gate();
    const { token, info } = await bench.issue('Reader', {
      tools: [TOOL, 'create_workos_organization'],
      readOnly: true,
    });
    const listTools = (scope?: TokenScope) => Object.values(tools).filter((tool) => allows({}, tool, scope));
    const server = await serveFake(async () => ({}), listTools, { gate });
    const client = await connectHttp({ url: server.url, token });
    await client.callTool({ name: TOOL });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([TOOL]);
    expect(server.callers).toMatchObject([
      {
        kind: 'agent',
        token: {
          id: info.id,
          name: 'Reader',
          scope: { tools: [TOOL, 'create_workos_organization'], readOnly: true },
        },
      },
    ]);
    expect(JSON.stringify(server.callers)).not.toContain(token);
    const whole = await connectHttp(server);
    await whole.callTool({ name: TOOL });
    expect((await whole.listTools()).tools).toHaveLength(10);
    expect(server.callers[1]).not.toHaveProperty('token');
  });

  it('tells what its token is called now', async () => {
    const bench = startTokens();
    const { gate } = bench.gate();
    const { token, info } = await bench.issue('Before');
    const server = await serveFake(async () => ({}), undefined, { gate });
    const client = await connectHttp({ url: server.url, token });
    await client.callTool({ name: TOOL });
    await bench.tokens.rename('Before', 'After');
    await client.callTool({ name: TOOL });
    expect(server.callers).toMatchObject([
      { token: { id: info.id, name: 'Before' } },
      { token: { id: info.id, name: 'After' } },
    ]);
  });

  it('belongs to the token that opened it', async () => {
    const bench = startTokens();
    const server = await serveFake(async () => ({}), undefined, { gate: bench.gate().gate });
    const [a, b] = [await bench.issue('A'), await bench.issue('B')];
    const everybody = [server, { port: server.port, token: a.token }, { port: server.port, token: b.token }];
    for (const owner of everybody) {
      const session = await openSession(owner);
      for (const method of ['POST', 'GET', 'DELETE']) {
        for (const user of everybody.filter((each) => each !== owner)) {
          const headers = { ...goodHeaders(user), 'mcp-session-id': session };
          const answer = await rawRequest(user.port, {
            method,
            headers,
            ...(method === 'POST' && { body: PING }),
          });
          expect(answer.status).toBe(404);
        }
      }
      const headers = { ...goodHeaders(owner), 'mcp-session-id': session };
      expect((await rawRequest(owner.port, { headers, body: PING })).status).toBe(200);
    }
  });
});

it('counts requests per token and client, and nothing else', async () => {
  const bench = startTokens();
  const { gate } = bench.gate();
  const { token } = await bench.issue('A');
  const server = await serveFake(async () => ({}), undefined, { gate });
  for (const [name, calls] of [
    ['one', 1],
    ['two', 3],
  ] as const) {
    const client = await connectHttp({ url: server.url, token }, { name });
    for (let call = 0; call < calls; call += 1) await client.callTool({ name: TOOL });
  }
  const own = await connectHttp(server, { name: 'three' });
  await own.callTool({ name: TOOL });
  await server.close();
  await gate.close();
  // Each began with an initialize request; its notifications are no requests.
  expect(bench.tokens.list()).toMatchObject([
    {
      requests: 6,
      clients: [
        { name: 'two', requests: 4 },
        { name: 'one', requests: 2 },
      ],
    },
  ]);
});
