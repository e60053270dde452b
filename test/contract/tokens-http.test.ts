import { beforeAll, describe, expect, it } from 'vitest';
import { callError, callOk, connectHttp } from '../support/clients.ts';
import { goodHeaders, openSession, rawRequest } from '../support/raw-http.ts';
import type { TestServer } from '../support/server.ts';
import { tokensHome } from '../support/tokens.ts';

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'table', version: '1' } },
});
const home = tokensHome();
/** What the words of the table stand for. */
const sent: Record<string, string> = { WRONG: `wmcp_${'x'.repeat(43)}` };
let plain: TestServer;
let pathed: TestServer;

beforeAll(async () => {
  for (const name of ['GOOD', 'OTHER', 'DISABLED', 'REVOKED']) sent[name] = (await home.issue(name)).token;
  await home.run('disable', 'DISABLED');
  await home.run('revoke', 'REVOKED');
  [plain, pathed] = await Promise.all([home.serve(), home.serve('--token-in-path')]);
}, 120_000);

/** The status of an initialize request with these in place of TOKENs, and the reason if it was refused. */
async function tryOut(server: TestServer, path: string, authorization: string | undefined) {
  const all = { ...sent, OWN: server.token };
  const filled = (text: string) =>
    text.replace(/[A-Z]{3,}/g, (word) => all[word as keyof typeof all] ?? word);
  const { authorization: _own, ...headers } = goodHeaders(server);
  const response = await rawRequest(server.port, {
    path: filled(path),
    headers: { ...headers, ...(authorization !== undefined && { authorization: filled(authorization) }) },
    body: INITIALIZE,
  });
  const answered = `${response.body}${JSON.stringify(response.headers)}`;
  expect(Object.values(all).filter((secret) => answered.includes(secret))).toEqual([]);
  const challenge = response.headers['www-authenticate'];
  expect(challenge).toBe(response.status === 401 ? 'Bearer' : undefined);
  return [response.status, response.status === 200 ? 'in' : JSON.parse(response.body).error.message] as const;
}

const WRONG = [401, 'Missing or wrong bearer token.'] as const;
const NOT_FOUND = [404, 'Not found.'] as const;
const TWO = [400, 'Show one bearer token, and show it once.'] as const;
const IN = [200, 'in'] as const;

describe('in the header', () => {
  it.each([
    ['Bearer GOOD', IN],
    ['bearer GOOD', IN],
    ['Bearer OWN', IN],
    ['Bearer WRONG', WRONG],
    ['Bearer GOODx', WRONG],
    ['Bearer GOOD OTHER', WRONG],
    ['Basic GOOD', WRONG],
    ['GOOD', WRONG],
    [undefined, WRONG],
    ['Bearer DISABLED', [401, 'This connection token is disabled.']],
    ['Bearer REVOKED', [401, 'This connection token is revoked.']],
  ] as const)('%s', async (authorization, expected) => {
    expect(await tryOut(plain, '/mcp', authorization)).toEqual(expected);
    expect(await tryOut(pathed, '/mcp', authorization)).toEqual(expected);
  });

  it.each([
    ['GOOD', 'OTHER'],
    ['GOOD', 'WRONG'],
    ['GOOD', 'GOOD'],
  ])('shown twice, as %s and %s, is refused', async (...names) => {
    const headers = { ...goodHeaders(plain), authorization: names.map((name) => `Bearer ${sent[name]}`) };
    const answer = await rawRequest(plain.port, { headers, body: INITIALIZE });
    expect([answer.status, JSON.parse(answer.body).error.message]).toEqual(TWO);
  });
});

describe('in the path', () => {
  it.each([
    ['/GOOD/mcp', undefined, IN],
    ['/GOOD/mcp', 'Bearer GOOD', IN],
    ['/GOOD/mcp', 'Bearer OTHER', TWO],
    ['/GOOD/mcp', 'Bearer OWN', TWO],
    ['/GOOD/mcp', 'Bearer WRONG', TWO],
    ['/WRONG/mcp', undefined, WRONG],
    ['/WRONG/mcp', 'Bearer GOOD', TWO],
    ['/WRONG/mcp', 'Bearer WRONG', WRONG],
    ['/OWN/mcp', 'Bearer OWN', WRONG],
    ['/OWN/mcp', undefined, WRONG],
    ['/DISABLED/mcp', undefined, [401, 'This connection token is disabled.']],
    ['/REVOKED/mcp', undefined, [401, 'This connection token is revoked.']],
    ['/REVOKED/mcp', 'Bearer GOOD', TWO],
    ['/mcp', undefined, WRONG],
    ['/GOOD', 'Bearer GOOD', NOT_FOUND],
    ['/GOOD/', undefined, NOT_FOUND],
    ['/GOOD/mcp/', undefined, NOT_FOUND],
    ['/GOOD/mcp?x=1', undefined, NOT_FOUND],
    ['//GOOD/mcp', undefined, NOT_FOUND],
    ['/GOOD/../GOOD/mcp', undefined, NOT_FOUND],
    ['/GOOD/GOOD/mcp', undefined, NOT_FOUND],
    ['/mcp/GOOD', undefined, NOT_FOUND],
    ['/mcp?token=GOOD', undefined, NOT_FOUND],
    ['/x/mcp', undefined, NOT_FOUND],
  ] as const)('%s, header %s', async (path, authorization, expected) => {
    expect(await tryOut(pathed, path, authorization)).toEqual(expected);
  });

  it.each(['/GOOD/mcp', '/WRONG/mcp', '/OWN/mcp'])(
    '%s is not found unless it was asked for',
    async (path) => {
      expect(await tryOut(plain, path, undefined)).toEqual(NOT_FOUND);
      expect(await tryOut(plain, path, 'Bearer GOOD')).toEqual(NOT_FOUND);
    },
  );

  it('is warned of at the start', () => {
    expect(pathed.stderr()).toMatch(/^warn Connection tokens are accepted in the path: .* logs/);
    expect(plain.stderr()).not.toContain('path');
  });
});

it('a real client works by the path alone', async () => {
  const token = sent['GOOD']!;
  const client = await connectHttp({ url: `http://127.0.0.1:${pathed.port}/${token}/mcp` });
  expect(await callOk(client, 'list_workos_organizations', { limit: 1 })).toHaveProperty('items.length', 1);
});

describe('a scope', () => {
  const CREATE = 'create_workos_organization';

  it('limits what is listed and run', async () => {
    const { token } = await home.issue('Scoped', '--tools', `list_directories,${CREATE}`, '--read-only');
    const client = await connectHttp({ url: plain.url, token });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['list_directories']);
    await callOk(client, 'list_directories', { limit: 1 });
    expect(await callError(client, CREATE, { name: 'Escalated', domains: [] })).toMatchObject({
      code: 'OUT_OF_SCOPE',
    });
    expect(await callError(client, 'list_workos_organizations', {})).toMatchObject({ code: 'OUT_OF_SCOPE' });
  });

  it('is no way round for a resource', async () => {
    const { token } = await home.issue('Narrow', '--tools', 'list_directories');
    const client = await connectHttp({ url: plain.url, token });
    await expect(client.listResources()).rejects.toThrow('This connection token does not allow');
    await expect(
      client.readResource({ uri: 'workos://organization/org_01EHWNCE74X7JSDV0X3SZ3KJNY' }),
    ).rejects.toThrow('This connection token does not allow get_organization_details');
  });

  it('to write does not exceed what the server allows', async () => {
    const { token } = await home.issue('Writer', '--tools', CREATE);
    const reading = await home.serve('--read-only');
    const client = await connectHttp({ url: reading.url, token });
    expect((await client.listTools()).tools).toEqual([]);
    expect(await callError(client, CREATE, { name: 'Escalated', domains: [] })).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('--read-only'),
    });
    const writing = await connectHttp({ url: plain.url, token });
    await callOk(writing, CREATE, { name: 'Allowed', domains: ['allowed.example'] });
    await reading.stop();
  });
});

it('is in no log and no file, whatever was sent', async () => {
  const as = { port: pathed.port, token: sent['GOOD']! };
  await openSession(as);
  const malformed = await rawRequest(pathed.port, {
    path: `/${as.token}/mcp`,
    headers: goodHeaders(as),
    body: '{',
  });
  expect(malformed.status).toBe(400);
  const ended = await Promise.all([plain.stop(), pathed.stop()]);
  const logs = ended.map(({ stderr }) => stderr).join('\n');
  expect(logs).toContain('list_workos_organizations');
  const written = `${logs}\n${home.files()}`;
  expect(Object.keys(sent).filter((name) => written.includes(sent[name]!.slice(0, 20)))).toEqual([]);
});
