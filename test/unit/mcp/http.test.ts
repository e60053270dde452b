import { ErrorCode, type ServerCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { tools } from '../../../src/tools/registry.ts';
import { connectHttp } from '../../support/clients.ts';
import { serveFake, untilAborted } from '../../support/fake-gateway.ts';
import { goodHeaders, openSession, rawCall, rawRequest } from '../../support/raw-http.ts';

const TOOL = 'list_workos_organizations';

describe('a session over HTTP', () => {
  it('names itself and says how the tools fit together', async () => {
    const client = await connectHttp(await serveFake(async () => ({})));
    expect(client.getServerVersion()).toMatchObject({ name: 'workos-mcp', title: 'WorkOS' });
    expect(client.getInstructions()).toContain('organization');
    expect(client.getServerCapabilities()).toEqual<ServerCapabilities>({
      tools: { listChanged: true },
      resources: { listChanged: true },
      prompts: {},
      completions: {},
    });
  });

  it('names only tools there are in its instructions', async () => {
    const client = await connectHttp(await serveFake(async () => ({})));
    const named = client.getInstructions()?.match(/\b(?:list|get|create)_\w+/g) ?? [];
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !Object.hasOwn(tools, name))).toEqual([]);
  });

  it('tells the gateway who calls', async () => {
    const server = await serveFake(async () => ({}));
    const client = await connectHttp(server, { name: 'somebody' });
    await client.callTool({ name: TOOL });
    expect(server.callers).toEqual([
      {
        kind: 'agent',
        session: expect.stringMatching(/^[\da-f-]{36}$/),
        client: { name: 'somebody', version: '1.0' },
      },
    ]);
  });

  it('answers an unknown tool with a protocol error', async () => {
    const client = await connectHttp(await serveFake(async () => ({})));
    await expect(client.callTool({ name: 'drop_tables' })).rejects.toMatchObject({
      code: ErrorCode.InvalidParams,
      message: expect.stringMatching(/^MCP error -32602: Unknown tool "drop_tables"/),
    });
  });

  it('lists what the gateway lets agents see, and tells clients when that or the account changes', async () => {
    let visible = Object.values(tools);
    const server = await serveFake(
      async () => ({}),
      () => visible,
    );
    const client = await connectHttp(server);
    expect((await client.listTools()).tools).toHaveLength(visible.length);
    const heard = new Set<string>();
    client.fallbackNotificationHandler = async ({ method }) => void heard.add(method);
    visible = [];
    // The client opens its stream for such news in its own time.
    const telling = setInterval(() => void server.changed(), 20);
    await expect
      .poll(() => heard.size)
      .toBe(2)
      .finally(() => clearInterval(telling));
    expect([...heard].toSorted()).toEqual([
      'notifications/resources/list_changed',
      'notifications/tools/list_changed',
    ]);
    expect((await client.listTools()).tools).toEqual([]);
  });
});

it('ends the stream of a cancelled call without an answer', async () => {
  const server = await serveFake(untilAborted());
  const session = await openSession(server);
  const call = rawCall(server, session, { id: 7, name: TOOL, arguments: {} }).catch(String);
  await expect.poll(() => server.callers.length).toBe(1);
  const cancelled = await rawRequest(server.port, {
    headers: { ...goodHeaders(server), 'mcp-session-id': session },
    body: '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}',
  });
  expect(cancelled.status).toBe(202);
  expect(await call).toBe('Error: Not one answer: ');
});

it('aborts calls in flight and ends their streams when it closes', async () => {
  let aborted = false;
  const server = await serveFake(untilAborted(() => (aborted = true)));
  const session = await openSession(server);
  const call = rawCall(server, session, { id: 1, name: TOOL, arguments: {} }).catch(String);
  await expect.poll(() => server.callers.length).toBe(1);
  await server.close();
  expect(await call).toBe('Error: Not one answer: ');
  expect(aborted).toBe(true);
});

describe('with 128 sessions open', () => {
  it('ends the one idle longest, but none with a call in flight', { timeout: 60_000 }, async () => {
    const release: (() => void)[] = [];
    const server = await serveFake((_options, input) =>
      JSON.stringify(input) === '{"wait":true}'
        ? new Promise((resolve) => release.push(() => resolve({ waited: true })))
        : Promise.resolve({}),
    );
    const sessions: string[] = [];
    for (let index = 0; index < 128; index += 1) sessions.push(await openSession(server));
    const [busy = '', idle = '', next = ''] = sessions;
    const waiting = rawCall(server, busy, { id: 1, name: TOOL, arguments: { wait: true } });
    await expect.poll(() => release.length).toBe(1);
    await openSession(server);
    expect(await rawCall(server, idle, { id: 1, name: TOOL, arguments: {} })).toMatchObject({
      error: { code: -32001, message: expect.stringContaining('Session not found') },
    });
    expect(await rawCall(server, next, { id: 1, name: TOOL, arguments: {} })).toHaveProperty('result');
    release[0]?.();
    expect(await waiting).toMatchObject({ result: { structuredContent: { waited: true } } });
  });

  it('refuses another while every one has a call in flight', { timeout: 60_000 }, async () => {
    const server = await serveFake(untilAborted());
    const calls: Promise<unknown>[] = [];
    for (let index = 0; index < 128; index += 1) {
      const session = await openSession(server);
      calls.push(rawCall(server, session, { id: 0, name: TOOL, arguments: {} }).catch(String));
    }
    await expect.poll(() => server.callers.length, { timeout: 10_000 }).toBe(128);
    await expect(openSession(server)).rejects.toThrow('No session: 503');
    await server.close();
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['Error: Not one answer: ']));
  });
});

it('answers 503 from the 257th request at a time on', { timeout: 60_000 }, async () => {
  const server = await serveFake(untilAborted());
  const session = await openSession(server);
  const call = (id: number) => rawCall(server, session, { id, name: TOOL, arguments: {} });
  const calls = Array.from({ length: 256 }, (_none, id) => call(id + 1).catch(String));
  await expect.poll(() => server.callers.length, { timeout: 10_000 }).toBe(256);
  expect(await call(257)).toMatchObject({ error: { message: 'Too much at once. Try again.' } });
  await server.close();
  await Promise.all(calls);
});
