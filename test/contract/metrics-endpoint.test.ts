import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/cli.ts';
import { callOk, connectHttp } from '../support/clients.ts';
import { parseExposition } from '../support/exposition.ts';
import { goodHeaders, rawRequest } from '../support/raw-http.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ args: ['--metrics'] });
});

type Headers = Readonly<Record<string, string | undefined>>;

function get(headers: Headers = {}, { method = 'GET', path = '/metrics', on = server } = {}) {
  const all: [string, string | undefined][] = Object.entries({
    ...goodHeaders(on),
    'content-type': undefined,
    ...headers,
  });
  const sent = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return rawRequest(on.port, { method, path, headers: Object.fromEntries(sent) });
}

describe('GET /metrics', () => {
  it('is answered to whoever holds the token, and counts on', async () => {
    const calls = async () =>
      parseExposition((await get()).body).value('workos_mcp_calls_total', {
        tool: 'list_directories',
        status: 'ok',
      });
    expect(await calls()).toBeUndefined();
    const client = await connectHttp(server);
    await callOk(client, 'list_directories', {});
    expect(await calls()).toBe(1);
    await callOk(client, 'list_directories', {});
    expect(await calls()).toBe(2);
  });

  it.each<[string, number, Headers]>([
    ['without a token', 401, { authorization: undefined }],
    ['with another token', 401, { authorization: `Bearer ${'x'.repeat(43)}` }],
    ['under another name', 403, { host: 'evil.com' }],
    ['from a page', 403, { origin: 'http://127.0.0.1' }],
    ['from a page that says null', 403, { origin: 'null' }],
  ])('%s is refused with %d', async (_what, status, headers) => {
    const response = await get(headers);
    expect(response.status).toBe(status);
    expect(response.body).not.toContain('workos_mcp_');
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('with a connection token is refused: figures are of all clients', async () => {
    const { stdout } = await runCli(['tokens', 'issue', '--json', '--name', 'one client']);
    const { token } = JSON.parse(stdout) as { token: string };
    const authorization = `Bearer ${token}`;
    expect((await get({ authorization })).status).toBe(403);
    expect((await get({ authorization })).body).not.toContain('workos_mcp_');
  });

  it.each(['POST', 'DELETE', 'OPTIONS', 'HEAD'])('takes no %s', async (method) => {
    const { status, headers } = await get({}, { method });
    expect({ status, allow: headers['allow'] }).toEqual({ status: 405, allow: 'GET' });
  });

  it.each(['/metrics/', '/metrics?all', '/METRICS', '//metrics'])('is not at %s', async (path) => {
    expect((await get({}, { path })).status).toBe(404);
  });

  it('is where the server says', async () => {
    const cli = startCli(['serve', '--sandbox', '--metrics']);
    expect(await cli.waitFor('stdout', /Calls, as they/u)).toMatch(
      /Endpoint {2}(http:\S+)\/mcp\n {2}Metrics {3}\1\/metrics \(same token\)\n/u,
    );
    await cli.stop();
  });

  it('is not there unless asked for', async () => {
    const plain = await startServer();
    expect((await get({}, { on: plain })).status).toBe(404);
    await plain.stop();
  });
});
