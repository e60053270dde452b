import { beforeAll, describe, expect, it } from 'vitest';
import { openSender, openSession } from '../support/raw-http.ts';
import { startServer, type TestServer } from '../support/server.ts';

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
let server: TestServer;
let send: Awaited<ReturnType<typeof openSender>>;
beforeAll(async () => {
  server = await startServer();
  send = await openSender(server, PING);
});

describe('body', () => {
  const big = `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"${'x'.repeat(256 * 1024)}"}}`;

  it.each([
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=application/json', 415],
    ['application/jsonx', 415],
    [undefined, 415],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
  ])('of type %s: %i', async (type, status) => {
    expect((await send({ headers: { 'content-type': type } })).status).toBe(status);
  });

  it.each([
    ['too large', big, 413, -32000],
    ['too large, in parts of unknown length', [big.slice(0, 200_000), big.slice(200_000)], 413, -32000],
    ['a batch', `[${PING}]`, 400, -32600],
    ['an empty batch', '[]', 400, -32600],
    ['no object', '"ping"', 400, -32600],
    ['null', 'null', 400, -32600],
    ['no JSON', '{"jsonrpc":', 400, -32700],
    ['nothing', '', 400, -32700],
    ['no JSON-RPC', '{"method":"ping"}', 400, -32700],
  ])('%s: %s', async (_what, body, status, code) => {
    const response = await send({ body });
    expect(response.status).toBe(status);
    expect(JSON.parse(response.body)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code } });
  });

  it('is still read from others afterwards', async () => {
    expect((await send({})).status).toBe(200);
  });
});

describe('session', () => {
  it('that is unknown is not found', async () => {
    for (const method of ['POST', 'GET', 'DELETE']) {
      const response = await send({ method, headers: { 'mcp-session-id': 'nobody' } });
      expect(response.status).toBe(404);
      expect(JSON.parse(response.body)).toMatchObject({ error: { code: -32001 } });
    }
  });

  it('is needed for anything but initialize', async () => {
    const response = await send({ headers: { 'mcp-session-id': undefined } });
    expect(response.status).toBe(400);
    expect(response.body).toContain('initialize');
  });

  it('ends by DELETE', async () => {
    const own = await openSession(server);
    const headers = { 'mcp-session-id': own };
    expect((await send({ headers })).status).toBe(200);
    expect((await send({ method: 'DELETE', headers })).status).toBe(200);
    expect((await send({ headers })).status).toBe(404);
  });

  it('starts by initialize only once', async () => {
    const body =
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}';
    expect((await send({ body })).status).toBe(400);
  });
});

describe('a client of the older HTTP+SSE transport', () => {
  it.each([
    ['GET', '/mcp', 400],
    ['GET', '/sse', 404],
    ['POST', '/messages?sessionId=1', 404],
  ])('learns from %s %s what to change', async (method, path, status) => {
    const response = await send({
      method,
      path,
      headers: { accept: 'text/event-stream', 'mcp-session-id': undefined },
    });
    expect(response.status).toBe(status);
    const { error } = JSON.parse(response.body) as { error: { message: string } };
    expect(error.message).toContain('Streamable HTTP');
    expect(error.message).toContain(server.url);
  });
});
