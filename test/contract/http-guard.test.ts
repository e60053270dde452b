import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { messagesOf, openSender, rawSocket } from '../support/raw-http.ts';
import { startServer, type TestServer } from '../support/server.ts';

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
let server: TestServer;
let send: Awaited<ReturnType<typeof openSender>>;
beforeAll(async () => {
  server = await startServer();
  send = await openSender(server, PING);
});

it('serves a request that does everything right, under either name', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const response = await send({ headers: { host: `${host}:${server.port}` } });
    expect(response.status).toBe(200);
    expect(messagesOf(response)).toEqual([{ jsonrpc: '2.0', id: 1, result: {} }]);
  }
});

describe('Host', () => {
  it.each([
    ['evil.com'],
    ['evil.com:PORT'],
    ['localhost.:PORT'],
    ['LOCALHOST.evil.com:PORT'],
    ['127.0.0.1.evil.com:PORT'],
    ['0.0.0.0:PORT'],
    ['[::1]:PORT'],
    ['127.0.0.1'],
    ['localhost'],
    ['127.0.0.1:1'],
    ['127.0.0.1:PORT, evil.com'],
    ['127.1:PORT'],
    ['2130706433:PORT'],
  ])('%s is refused', async (host) => {
    const response = await send({ headers: { host: host.replace('PORT', String(server.port)) } });
    expect(response.status).toBe(403);
    expect(JSON.parse(response.body)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32000 } });
  });

  it('is judged before the token', async () => {
    expect((await send({ headers: { host: 'evil.com', authorization: undefined } })).status).toBe(403);
  });

  it('twice is refused', async () => {
    const head = await rawSocket(
      server.port,
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nHost: evil.com\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(head).toMatch(/^HTTP\/1\.1 40[03] /);
  });

  it('is needed', async () => {
    expect(await rawSocket(server.port, 'POST /mcp HTTP/1.1\r\nHost: \r\nContent-Length: 0\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 403 /,
    );
    expect(await rawSocket(server.port, 'POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(await rawSocket(server.port, 'POST /mcp HTTP/1.0\r\nContent-Length: 0\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 403 /,
    );
  });
});

describe('Origin', () => {
  it.each([
    ['null'],
    ['https://evil.com'],
    ['http://127.0.0.1:PORT'],
    ['http://localhost:PORT'],
    ['vscode-webview://x'],
    [''],
  ])('%s is refused', async (origin) => {
    const response = await send({ headers: { origin: origin.replace('PORT', String(server.port)) } });
    expect(response.status).toBe(403);
  });

  it('makes a preflight fail, without any CORS header', async () => {
    const response = await send({
      method: 'OPTIONS',
      headers: {
        origin: 'https://evil.com',
        'access-control-request-method': 'POST',
        authorization: undefined,
      },
    });
    expect(response.status).toBe(403);
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('path and method', () => {
  it.each([
    ['/'],
    ['/mcp/'],
    ['/mcp?x=1'],
    ['/MCP'],
    ['/mcp/../mcp'],
    ['//mcp'],
    ['/.well-known/oauth-protected-resource'],
  ])('%s is not found', async (path) => {
    expect((await send({ path })).status).toBe(404);
  });

  it.each([['PUT'], ['PATCH'], ['OPTIONS'], ['HEAD']])('%s is not allowed', async (method) => {
    const response = await send({ method });
    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('POST, GET, DELETE');
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('token', () => {
  it.each([
    ['none', undefined],
    ['an empty one', 'Bearer '],
    ['a wrong one', `Bearer ${'x'.repeat(43)}`],
    ['a part of it', 'Bearer PART'],
    ['more than it', 'Bearer TOKENx'],
    ['another scheme', 'Basic TOKEN'],
    ['no scheme', 'TOKEN'],
  ])('%s is refused', async (_what, value) => {
    const authorization = value?.replace('TOKEN', server.token).replace('PART', server.token.slice(0, 20));
    const response = await send({ headers: { authorization } });
    expect(response.status).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(JSON.parse(response.body)).toMatchObject({ jsonrpc: '2.0', id: null });
    expect(response.body).not.toContain(server.token);
  });

  it('is checked before the body arrives', async () => {
    const head = await rawSocket(
      server.port,
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`,
    );
    expect(head).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('has 256 random bits and is new at each start', async () => {
    expect(Buffer.from(server.token, 'base64url')).toHaveLength(32);
    const another = await startServer();
    expect(another.token).not.toBe(server.token);
    await another.stop();
  });
});

it('listens on 127.0.0.1 only', async () => {
  const addresses = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .map(({ address }) => address)
    .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
  for (const host of new Set([...addresses, '::1', '127.0.0.2'])) {
    expect({ host, reachable: await reachable(host) }).toEqual({ host, reachable: false });
  }
  expect(await reachable('127.0.0.1')).toBe(true);
});

function reachable(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: server.port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
