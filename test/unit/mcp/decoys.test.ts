import { describe, expect, it } from 'vitest';
import { connectHttp } from '../../support/clients.ts';
import { serveFake } from '../../support/fake-gateway.ts';
import { goodHeaders, openSender, openSession, rawRequest } from '../../support/raw-http.ts';
import { FORMS, startHoneypot } from '../access/honeypot-bench.ts';

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const LIST = 'list_workos_organizations';
const HEADERS = 'the headers of an HTTP request';
const ADDRESS = 'the address of an HTTP request';

/** A server behind a honeypot, whose tools answer with nothing. */
async function serve(tokenInPath = false) {
  const bench = startHoneypot();
  const metrics = { type: 'text/plain', text: () => 'figures' };
  const server = await serveFake(async () => ({}), undefined, {
    lookout: bench.lookout,
    tokenInPath,
    metrics,
  });
  bench.lookout.decoyKey();
  return { ...bench, server, good: goodHeaders(server) };
}

describe('an HTTP request that shows the decoy token', () => {
  it.each<
    [string, (token: string) => { path?: string; method?: string; headers?: Record<string, string> }, string]
  >([
    ['as a bearer', (token) => ({ headers: { authorization: `Bearer ${token}` } }), HEADERS],
    [
      'as a password',
      (token) => ({ headers: { authorization: `Basic ${FORMS['base64']?.(`a:${token}`)}` } }),
      HEADERS,
    ],
    ['in another header', (token) => ({ headers: { 'x-api-key': token } }), HEADERS],
    [
      'for another host',
      (token) => ({ headers: { host: 'evil.example', authorization: `Bearer ${token}` } }),
      HEADERS,
    ],
    [
      'for figures',
      (token) => ({ path: '/metrics', method: 'GET', headers: { authorization: `Bearer ${token}` } }),
      HEADERS,
    ],
    ['in the path', (token) => ({ path: `/${token}/mcp` }), ADDRESS],
    ['in the query', (token) => ({ path: `/mcp?token=${token}` }), ADDRESS],
    ['in a path that leads nowhere', (token) => ({ path: `/${FORMS['percent signs']?.(token)}` }), ADDRESS],
  ])('%s is refused as a wrong token is, and everything stops', async (_how, make, where) => {
    const { server, good, decoys, sightings, isStopped } = await serve();
    const { headers, ...more } = make(decoys().token.text);
    const method = more.method ?? 'POST';
    const answer = await rawRequest(server.port, {
      ...more,
      headers: { ...good, ...headers },
      ...(method === 'POST' && { body: PING }),
    });
    expect(answer).toMatchObject({ status: 401, body: expect.stringContaining('Missing or wrong') });
    expect(sightings).toEqual([{ decoy: 'token', where }]);
    expect(isStopped()).toBe(true);
  });

  it('names the program that sent it, as it calls itself, without personal data and secrets', async () => {
    const { server, good, decoys, sightings } = await serve();
    const { text } = decoys().token;
    const headers = { ...good, authorization: `Bearer ${text}` };
    for (const name of ['curl/8.5.0', 'jane@acme.com', `thief ${text}`])
      await rawRequest(server.port, { headers: { ...headers, 'user-agent': name }, body: PING });
    const [plain, person, thief] = sightings.map(({ by }) => by);
    expect(plain).toBe('curl/8.5.0');
    expect(person).not.toContain('jane');
    expect(thief).not.toContain(text.slice(-8));
  });

  it('in the path is refused where tokens may be there, too', async () => {
    const { server, good, decoys, isStopped } = await serve(true);
    const { authorization: _own, ...headers } = good;
    const path = `/${decoys().token.text}/mcp`;
    expect(await rawRequest(server.port, { path, headers, body: PING })).toMatchObject({ status: 401 });
    expect(isStopped()).toBe(true);
  });
});

it('requests without a decoy are answered', async () => {
  const { server, good, isStopped } = await serve();
  const session = await openSession(server);
  const headers = { ...good, 'mcp-session-id': session };
  expect(await rawRequest(server.port, { headers, body: PING })).toMatchObject({ status: 200 });
  expect(await rawRequest(server.port, { path: '/metrics', method: 'GET', headers })).toMatchObject({
    body: 'figures',
  });
  expect(isStopped()).toBe(false);
});

describe('a message that shows a decoy', () => {
  const ask = (method: string, params: object) => ({ jsonrpc: '2.0', id: 5, method, params });
  it.each<[string, (text: string) => object]>([
    [
      'prompts/get',
      (text) =>
        ask('prompts/get', { name: 'client_onboarding', arguments: { name: text, domains: 'a.example' } }),
    ],
    ['resources/read', (text) => ask('resources/read', { uri: `workos://organization/${text}` })],
    ['resources/list', (text) => ask('resources/list', { cursor: text })],
    [
      'completion/complete',
      (text) =>
        ask('completion/complete', {
          ref: { type: 'ref/prompt', name: 'pre_launch_governance_check' },
          argument: { name: 'organization', value: text },
        }),
    ],
    ['tools/call', (text) => ask('tools/call', { name: text })],
    ['tools/call', (text) => ask('tools/call', { name: LIST, _meta: { progressToken: text } })],
    ['another', (text) => ask('made/up', { text })],
  ])('%s is answered by an error, and everything stops: %#', async (method, make) => {
    const { server, decoys, sightings } = await serve();
    const { text } = decoys().key;
    const send = await openSender(server, JSON.stringify(make(text)));
    const { body } = await send({});
    expect(body).toContain('"id":5');
    expect(body).toContain('STOPPED');
    expect(body).not.toContain(text);
    expect(sightings).toEqual([{ decoy: 'key', where: `a message of a client (${method})`, by: 'raw' }]);
    expect(server.callers).toEqual([]);
  });

  it('or is nested too deeply to be looked at is refused, and the session goes on', async () => {
    const { server, isStopped } = await serve();
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const message = (id: number) =>
      `{"jsonrpc":"2.0","id":${id},"method":"resources/read","params":{"uri":"workos://x","y":${deep}}}`;
    const send = await openSender(server, message(5));
    expect((await send({})).body).toContain('nested deeper than 64 levels');
    expect((await send({ body: PING })).body).toContain('"result":{}');
    expect(isStopped()).toBe(false);
  });

  it('as the name of a client is refused', async () => {
    const { server, decoys, sightings, lookout } = await serve();
    lookout.decoyKey();
    await expect(connectHttp(server, { name: decoys().token.text })).rejects.toThrow(/kill switch/u);
    expect(sightings).toEqual([{ decoy: 'token', where: 'a message of a client (initialize)' }]);
  });

  it('as the name of a method does not show there', async () => {
    const { server, decoys, sightings } = await serve();
    const send = await openSender(server, JSON.stringify(ask(decoys().token.text, {})));
    expect((await send({})).body).toContain('STOPPED');
    expect(sightings).toEqual([{ decoy: 'token', where: 'a message of a client (another)', by: 'raw' }]);
  });

  it('that waits for no answer is not handled', async () => {
    const { server, decoys, isStopped } = await serve();
    const note = { jsonrpc: '2.0', method: 'notifications/progress', params: { message: decoys().key.text } };
    const send = await openSender(server, JSON.stringify(note));
    expect(await send({})).toMatchObject({ status: 202 });
    expect(isStopped()).toBe(true);
  });

  it('in an answer of a client is not handled', async () => {
    const { server, decoys, sightings } = await serve();
    const answer = {
      jsonrpc: '2.0',
      id: 1,
      result: { action: 'accept', content: { note: decoys().key.text } },
    };
    const send = await openSender(server, JSON.stringify(answer));
    await send({});
    expect(sightings).toEqual([{ decoy: 'key', where: 'an answer of a client', by: 'raw' }]);
  });

  it('in the arguments of a tool goes on to the gateway, which refuses and records the call', async () => {
    const { server, decoys, sightings } = await serve();
    const call = ask('tools/call', { name: LIST, arguments: { search: decoys().key.text } });
    await (await openSender(server, JSON.stringify(call)))({});
    expect(sightings).toEqual([{ decoy: 'key', where: `arguments of ${LIST}`, by: 'raw' }]);
    expect(server.callers).toHaveLength(1);
  });
});
