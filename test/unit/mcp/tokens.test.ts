import { describe, expect, it } from 'vitest';
import { serveFake, untilAborted } from '../../support/fake-gateway.ts';
import { goodHeaders, openSession, openStream, rawCall, rawRequest } from '../../support/raw-http.ts';
import { slowRequest } from '../../support/slow-request.ts';
import { startTokens } from '../access/tokens-bench.ts';

const TOOL = 'list_workos_organizations';
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
type Bench = Awaited<ReturnType<typeof serve>>;

/** A server that accepts connection tokens, with one of them; calls end only by being aborted. */
async function serve(lifetimeMs = 3_600_000) {
  const tokens = startTokens();
  const { gate } = tokens.gate(Date.now);
  let aborted = 0;
  const server = await serveFake(
    untilAborted(() => (aborted += 1)),
    undefined,
    { gate },
  );
  tokens.clock.now = Date.now();
  const { token, info } = await tokens.issue('A', { lifetimeMs });
  return { ...tokens, server, gate, info, as: { port: server.port, token }, aborted: () => aborted };
}

describe('what is open under a token', () => {
  it.each<[string, (bench: Bench) => unknown]>([
    ['is disabled', ({ tokens }) => tokens.disable('A')],
    ['is revoked', ({ tokens }) => tokens.revoke('A')],
    [
      'is to do something else',
      ({ text, write }) => write(text().replace('"read_only":false', '"read_only":true')),
    ],
    ['was before a stop', ({ killSwitch }) => killSwitch.kill('test') && killSwitch.resume()],
    ['can’t be looked up any more', ({ write }) => write('{')],
  ])('ends when the token %s: session, stream, call in flight', async (_what, end) => {
    const bench = await serve();
    const session = await openSession(bench.as);
    const stream = openStream(bench.as, session);
    await stream.opened;
    const call = rawCall(bench.as, session, { id: 1, name: TOOL, arguments: {} }).catch(String);
    await expect.poll(() => bench.server.callers.length).toBe(1);
    await end(bench);
    await stream.ended;
    expect(await call).toBe('Error: Not one answer: ');
    expect(bench.aborted()).toBe(1);
    expect(bench.server.busy()).toBe(false);
  });

  it('ends when the token expires', async () => {
    const bench = await serve(3_000);
    const session = await openSession(bench.as);
    const stream = openStream(bench.as, session);
    const call = rawCall(bench.as, session, { id: 1, name: TOOL, arguments: {} }).catch(String);
    await expect.poll(() => bench.server.callers.length).toBe(1);
    await stream.ended;
    expect(await call).toBe('Error: Not one answer: ');
    const after = await rawRequest(bench.as.port, { headers: goodHeaders(bench.as), body: PING });
    expect(after.status).toBe(401);
    expect(after.body).toContain('This connection token has expired.');
  });

  it('ends alone: what others opened goes on', async () => {
    const bench = await serve();
    const other = { port: bench.as.port, token: (await bench.issue('B')).token };
    const stream = openStream(bench.as, await openSession(bench.as));
    const sessions = [await openSession(other), await openSession(bench.server)] as const;
    await stream.opened;
    await bench.tokens.revoke('A');
    await stream.ended;
    for (const [as, session] of [
      [other, sessions[0]],
      [bench.server, sessions[1]],
    ] as const) {
      const headers = { ...goodHeaders(as), 'mcp-session-id': session };
      expect((await rawRequest(as.port, { headers, body: PING })).status).toBe(200);
    }
  });

  it('does not come back with the token', async () => {
    const bench = await serve();
    const session = await openSession(bench.as);
    await bench.tokens.disable('A');
    const headers = { ...goodHeaders(bench.as), 'mcp-session-id': session };
    expect((await rawRequest(bench.as.port, { headers, body: PING })).status).toBe(401);
    await bench.tokens.enable('A');
    expect((await rawRequest(bench.as.port, { headers, body: PING })).status).toBe(404);
  });
});

it('looks at the token again when the body has arrived', async () => {
  const bench = await serve();
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'slow', version: '1' } },
  });
  const slow = slowRequest(bench.as.port, { headers: goodHeaders(bench.as), length: body.length });
  await slow.sent(body.slice(0, 10));
  await bench.tokens.revoke('A');
  const answer = await slow.end(body.slice(10));
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(answer).not.toContain('mcp-session-id');
});
