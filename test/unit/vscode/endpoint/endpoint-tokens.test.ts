import { describe, expect, it } from 'vitest';
import { callError, callOk, connectHttp } from '../../../support/clients.ts';
import { goodHeaders, openSession, openStream, rawCall, rawRequest } from '../../../support/raw-http.ts';
import { startWindow } from './token-window.ts';

const LIST = 'list_workos_organizations';
const CREATE = 'create_workos_organization';
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
type Window = Awaited<ReturnType<typeof startWindow>>;

const ping = async ({ port }: Window, token: string, more: { path?: string; session?: string } = {}) => {
  const { path = '/mcp', session } = more;
  const headers = { ...goodHeaders({ port, token }), ...(session && { 'mcp-session-id': session }) };
  const { status, body } = await rawRequest(port, { path, headers, body: PING });
  return { status, body };
};

describe('the endpoint of a window', () => {
  it('lets clients in by its own token and by connection tokens, and counts what those do', async () => {
    const window = await startWindow();
    const { token } = await window.issue('Claude');
    const { url } = window.server;
    const [own, named] = [
      await connectHttp(window.server),
      await connectHttp({ url, token }, { name: 'claude' }),
    ];
    for (const client of [own, named])
      expect(await callOk(client, LIST, { limit: 1 })).toHaveProperty('items.length', 1);
    await window.gate.close();
    expect(window.tokens.list()).toMatchObject([
      { name: 'Claude', clients: [{ name: 'claude', requests: expect.any(Number) }] },
    ]);
  });

  it('lets nobody in by another text, nor by a token in the path', async () => {
    const window = await startWindow();
    const { token } = await window.issue('Good');
    const wrong = `wmcp_${'x'.repeat(43)}`;
    for (const sent of [wrong, token.slice(0, -1), `${token}x`])
      expect(await ping(window, sent)).toMatchObject({ status: 401 });
    for (const path of [`/${token}/mcp`, `/${window.server.token}/mcp`]) {
      const answer = await ping(window, token, { path });
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain(token);
    }
    const broken = await rawRequest(window.port, { headers: goodHeaders({ ...window, token }), body: '{' });
    expect(broken.status).toBe(400);
    for (const secret of [wrong, token, window.server.token])
      expect(`${broken.body}${window.logger.lines.join()}`).not.toContain(secret);
  });
});

describe('what is open at the window under a token', () => {
  it.each<[string, string, (window: Window) => unknown]>([
    ['is disabled', 'is disabled.', ({ tokens }) => tokens.disable('A')],
    ['is revoked', 'is revoked.', ({ tokens }) => tokens.revoke('A')],
    ['expires', 'has expired.', () => undefined],
    ['was before a stop', 'is revoked.', ({ killSwitch: kill }) => kill.kill('test') && kill.resume()],
  ])('ends when the token %s: stream, session, call in flight', async (what, why, end) => {
    const window = await startWindow();
    window.clock.now = Date.now();
    const lifetimeMs = what === 'expires' ? 3_000 : 3_600_000;
    const as = { port: window.port, token: (await window.issue('A', { lifetimeMs })).token };
    const session = await openSession(as);
    const stream = openStream(as, session);
    window.account.faults.set({ kind: 'latency', ms: 20_000 });
    const call = rawCall(as, session, { id: 1, name: LIST, arguments: {} }).catch(String);
    await expect.poll(() => window.account.requests.count()).toBeGreaterThan(0);
    await end(window);
    await stream.ended;
    // A stop says its own last word.
    expect(JSON.stringify(await call)).toMatch(/Not one answer|STOPPED/u);
    expect(window.server.busy()).toBe(false);
    expect(await ping(window, as.token, { session })).toMatchObject({
      status: 401,
      body: expect.stringContaining(why),
    });
    await connectHttp(window.server);
  });

  it('does not come back with the token', async () => {
    const window = await startWindow();
    const { token } = await window.issue('A');
    const session = await openSession({ port: window.port, token });
    expect(await ping(window, token, { session })).toMatchObject({ status: 200 });
    await window.tokens.disable('A');
    expect(await ping(window, token, { session })).toMatchObject({ status: 401 });
    await window.tokens.enable('A');
    expect(await ping(window, token, { session })).toMatchObject({ status: 404 });
  });
});

describe('a scope at the window', () => {
  it('limits what is listed and called', async () => {
    const window = await startWindow();
    const { url } = window.server;
    const { token } = await window.issue('Narrow', { tools: ['list_directories', CREATE], readOnly: true });
    const client = await connectHttp({ url, token });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['list_directories']);
    expect(await callError(client, LIST, {})).toMatchObject({ code: 'OUT_OF_SCOPE' });
    expect(await callError(client, CREATE, { name: 'New', domains: [] })).toMatchObject({
      code: 'OUT_OF_SCOPE',
      message: expect.stringContaining('this connection token only reads'),
    });
  });

  it('to write holds only while the window allows writes', async () => {
    const window = await startWindow('production');
    const { token } = await window.issue('Writer', { tools: [CREATE] });
    const client = await connectHttp({ url: window.server.url, token });
    const wish = { name: 'New', domains: ['new.example'] };
    expect((await client.listTools()).tools).toEqual([]);
    expect(await callError(client, CREATE, wish)).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('production'),
    });
    const before = window.account.account.organizations.length;
    window.access.allow(window.environment);
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([CREATE]);
    await callOk(client, CREATE, wish);
    window.access.stop(window.environment);
    expect(await callError(client, CREATE, { ...wish, name: 'Late' })).toMatchObject({ code: 'READ_ONLY' });
    expect(window.account.account.organizations).toHaveLength(before + 1);
  });
});
