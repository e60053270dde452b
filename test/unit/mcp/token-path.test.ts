import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkHead } from '../../../src/mcp/http-guard.ts';
import { connectHttp } from '../../support/clients.ts';
import { serveFake } from '../../support/fake-gateway.ts';
import { goodHeaders, openStream, rawRequest } from '../../support/raw-http.ts';
import { startTokens } from '../access/tokens-bench.ts';

const TOOL = 'list_workos_organizations';
const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'path', version: '1' } },
});

type Bench = ReturnType<typeof startTokens>;

describe('a token in the path', () => {
  it('is in no request that is handed on', async () => {
    const bench = startTokens();
    const { gate } = bench.gate();
    const { token } = await bench.issue('A');
    const seen: string[] = [];
    const guard = { port: 0, token: 'own', gate, tokenInPath: true };
    const server = createServer((request, response) => {
      const admitted = checkHead(request, guard);
      const { url, headers, rawHeaders } = request;
      seen.push(JSON.stringify({ admitted, url, headers, rawHeaders }));
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    guard.port = (server.address() as AddressInfo).port;
    const { authorization: _none, ...headers } = goodHeaders({ port: guard.port, token });
    await rawRequest(guard.port, { path: `/${token}/mcp`, headers, body: INITIALIZE });
    server.close();
    expect(seen).toEqual([expect.stringContaining('"grant":{"id":"tok_')]);
    expect(seen.join()).not.toContain(token);
  });

  it.each<[string, string, (bench: Bench) => unknown]>([
    ['disabled', 'is disabled.', ({ tokens }) => tokens.disable('A')],
    ['revoked', 'is revoked.', ({ tokens }) => tokens.revoke('A')],
    ['expired', 'has expired.', () => undefined],
  ])('that is %s ends what is open under it', async (what, why, end) => {
    const bench = startTokens();
    bench.clock.now = Date.now();
    const { gate } = bench.gate(Date.now);
    const lifetimeMs = what === 'expired' ? 3_000 : 3_600_000;
    const { token } = await bench.issue('A', { lifetimeMs });
    const server = await serveFake(async () => ({}), undefined, { gate, tokenInPath: true });
    const path = `/${token}/mcp`;
    const as = { port: server.port, token };
    const client = await connectHttp({ url: server.url.replace('/mcp', path) });
    await client.callTool({ name: TOOL });
    const opened = await rawRequest(as.port, { path, headers: goodHeaders(as), body: INITIALIZE });
    const stream = openStream(as, String(opened.headers['mcp-session-id']), path);
    await stream.opened;
    await end(bench);
    await stream.ended;
    await expect(client.callTool({ name: TOOL })).rejects.toThrow(why);
    const answer = await rawRequest(as.port, { path, headers: goodHeaders(as), body: INITIALIZE });
    expect(answer).toMatchObject({ status: 401, body: expect.stringContaining(why) });
    expect(answer.body).not.toContain(token);
  });
});
