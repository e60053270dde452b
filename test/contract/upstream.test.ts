import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAccount } from '../support/account.ts';
import { startCli } from '../support/cli.ts';
import { callError, callTool, connectHttp, connectStdio } from '../support/clients.ts';
import { startServer } from '../support/server.ts';

const TOOL = 'list_workos_organizations';
const KEY = 'sk_test_canary_3f9a';

/** An API that takes requests and never answers, and knows when the other side gives up. */
let silent: Server;
let env: Record<string, string>;
const seen = { open: 0, dropped: 0 };
beforeAll(async () => {
  silent = createServer((_request, response) => {
    seen.open += 1;
    response.on('close', () => (seen.dropped += 1));
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  env = { WORKOS_API_KEY: KEY, WORKOS_API_BASE_URL: `http://127.0.0.1:${port}` };
});
beforeEach(() => Object.assign(seen, { open: 0, dropped: 0 }));
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

describe.each([
  ['HTTP', async () => connectHttp(await startServer({ env }))],
  ['stdio', async () => connectStdio({ env })],
])('over %s', (_kind, connect) => {
  it('cancelling a call drops its request to WorkOS at once, and the session goes on', async () => {
    const client = await connect();
    const stop = new AbortController();
    const calling = callTool(client, TOOL, {}, { signal: stop.signal }).catch(String);
    await expect.poll(() => seen.open, { timeout: 10_000 }).toBe(1);
    expect(seen.dropped).toBe(0);
    stop.abort('enough');
    expect(await calling).toContain('enough');
    await expect.poll(() => seen.dropped, { timeout: 10_000 }).toBe(1);
    expect(seen.open).toBe(1);
    expect((await client.listTools()).tools).not.toEqual([]);
  });
});

it('a call without progress ends after --timeout', async () => {
  const server = await startServer({ env, args: ['--timeout', '1'] });
  const error = await callError(await connectHttp(server), TOOL, {});
  expect(error).toMatchObject({ code: 'TIMEOUT', hint: expect.stringContaining('--timeout') });
  await expect.poll(() => seen.dropped).toBe(seen.open);
});

it('ending the server drops what is under way', async () => {
  const server = await startServer({ env });
  const client = await connectHttp(server);
  const calling = callTool(client, TOOL, {}).catch(String);
  await expect.poll(() => seen.open, { timeout: 10_000 }).toBe(1);
  expect(await server.stop()).toMatchObject({ code: 0 });
  await expect.poll(() => seen.dropped, { timeout: 10_000 }).toBe(1);
  await client.close();
  expect(await calling).toContain('closed');
});

it('interrupting a call from the terminal drops its request and says so', async () => {
  const cli = startCli(['call', TOOL], { env });
  await expect.poll(() => seen.open, { timeout: 10_000 }).toBe(1);
  const { code, stdout } = await cli.stop('SIGINT');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ code: 'CANCELLED' });
  await expect.poll(() => seen.dropped, { timeout: 10_000 }).toBe(1);
});

it('a wrong key is refused without being repeated to anyone', async () => {
  const account = await startAccount();
  const server = await startServer({ env: { ...account.env, WORKOS_API_KEY: KEY } });
  const error = await callError(await connectHttp(server), TOOL, {});
  expect(error).toMatchObject({ code: 'INVALID_API_KEY', hint: expect.any(String) });
  const { stdout, stderr } = await server.stop();
  for (const text of [JSON.stringify(error), stdout, stderr]) expect(text).not.toContain(KEY);
});

it('a network that is down is told apart', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  const server = await startServer({
    env: { WORKOS_API_KEY: KEY, WORKOS_API_BASE_URL: `http://127.0.0.1:${port}` },
  });
  expect(await callError(await connectHttp(server), TOOL, {})).toMatchObject({ code: 'NETWORK' });
});
