import { describe, expect, it } from 'vitest';
import { serveFake } from '../../support/fake-gateway.ts';
import { goodHeaders, messagesOf, openSender, rawRequest } from '../../support/raw-http.ts';
import { FORMS, startHoneypot } from '../access/honeypot-bench.ts';

const LIST = 'list_workos_organizations';
const MESSAGE = 'a message of a client (tools/call)';
const ARGUMENTS = `arguments of ${LIST}`;

/** A server behind a honeypot, whose tools answer with nothing. */
async function serve() {
  const bench = startHoneypot();
  const server = await serveFake(async () => ({}), undefined, { lookout: bench.lookout });
  bench.lookout.decoyKey();
  return { ...bench, server };
}

/** A call of a tool that may be none. */
const call = (params: unknown) => ({ jsonrpc: '2.0', id: 5, method: 'tools/call', params });
const nested = (text: string) =>
  JSON.parse(`${'{"a":'.repeat(80)}${JSON.stringify(text)}${'}'.repeat(80)}`) as object;

describe('a decoy in the arguments of a call stops everything', () => {
  it.each<[string, (text: string) => object, string]>([
    ['of no tool', (text) => call({ name: 'no_such_tool', arguments: { text } }), MESSAGE],
    ['without a name', (text) => call({ arguments: { text } }), MESSAGE],
    ['with another name', (text) => call({ name: 7, arguments: { text } }), MESSAGE],
    ['that is a text', (text) => call({ name: LIST, arguments: text }), ARGUMENTS],
    ['that is a list', (text) => call({ name: LIST, arguments: [text] }), ARGUMENTS],
    ['in the name of a field', (text) => call({ name: LIST, arguments: { [text]: 1 } }), ARGUMENTS],
    ['nested deeply', (text) => call({ name: LIST, arguments: nested(text) }), ARGUMENTS],
    ['nested deeply, of no tool', (text) => call({ name: 'none', arguments: nested(text) }), MESSAGE],
    [
      'that is to be a task',
      (text) => call({ name: LIST, arguments: { text }, task: { ttl: 1_000 } }),
      ARGUMENTS,
    ],
    [
      'as a notification',
      (text) => ({ ...call({ name: LIST, arguments: { text } }), id: undefined }),
      ARGUMENTS,
    ],
  ])('%s', async (_how, make, where) => {
    const { server, decoys, sightings, isStopped } = await serve();
    const { text } = decoys().key;
    const { body } = await (await openSender(server, JSON.stringify(make(text))))({});
    expect(sightings).toEqual([{ decoy: 'key', where, by: 'raw' }]);
    expect(isStopped()).toBe(true);
    expect(body).not.toContain(text);
  });
});

describe('a decoy in a body that comes to no session stops everything', () => {
  const session = (id: string) => ({ 'mcp-session-id': id });
  it.each<[string, (text: string) => string, Record<string, string>?]>([
    ['as it is no JSON', (text) => `{"id":2,"x":"${text}`],
    ['as it is a list', (text) => JSON.stringify([call({ name: LIST, arguments: { text } })])],
    ['as it names no session', (text) => JSON.stringify(call({ name: LIST, arguments: { text } }))],
    [
      'as it names another session',
      (text) => JSON.stringify(call({ name: LIST, arguments: { text } })),
      session('none'),
    ],
  ])('%s', async (_why, write, headers = {}) => {
    const { server, decoys, sightings } = await serve();
    const body = write(decoys().key.text);
    const all = { ...goodHeaders(server), 'user-agent': 'thief/1', ...headers };
    expect((await rawRequest(server.port, { headers: all, body })).status).toBeGreaterThanOrEqual(400);
    expect(sightings).toEqual([{ decoy: 'key', where: 'the body of an HTTP request', by: 'thief/1' }]);
  });

  it.each(['as it is', 'escaped in JSON'])('as it is no message of JSON-RPC: %s', async (form) => {
    const { server, decoys, sightings } = await serve();
    const send = await openSender(server, `{"id":2,"x":"${FORMS[form]?.(decoys().key.text)}"}`);
    expect(await send({})).toMatchObject({ status: 400 });
    await expect.poll(() => sightings).toEqual([{ decoy: 'key', where: 'the body of an HTTP request' }]);
  });
});

it.each<[string, unknown, string]>([
  ['without a name', { arguments: {} }, 'params.name'],
  ['whose arguments are a text', { name: LIST, arguments: '{}' }, 'params.arguments'],
  ['whose arguments are a list', { name: LIST, arguments: [] }, 'params.arguments'],
  ['without both', undefined, 'params'],
])('a call %s is answered by an error that says so', async (_how, params, field) => {
  const { server, isStopped } = await serve();
  const answer = await (await openSender(server, JSON.stringify(call(params))))({});
  expect(messagesOf(answer)).toEqual([
    {
      jsonrpc: '2.0',
      id: 5,
      error: {
        code: -32602,
        message: `This call of a tool can't be read: wrong or missing ${field}. It takes "params" with "name", a text, and "arguments", an object.`,
      },
    },
  ]);
  expect(isStopped()).toBe(false);
});
