import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { connectHttp } from '../../support/clients.ts';
import { serveFake, untilAborted } from '../../support/fake-gateway.ts';

const params = { name: 'list_workos_organizations', arguments: {} };

describe.each([{ refuseGet: false }, { refuseGet: true }])('a call of a client with %o', ({ refuseGet }) => {
  it('reports progress', async () => {
    const server = await serveFake(async ({ progress }) => {
      progress?.({ message: 'one', done: 1, total: 2 });
      progress?.({ message: 'two', done: 2, total: 2 });
      return {};
    });
    const client = await connectHttp(server, { refuseGet });
    const seen: unknown[] = [];
    await client.request({ method: 'tools/call', params }, CallToolResultSchema, {
      onprogress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([
      { progress: 1, total: 2, message: 'one' },
      { progress: 2, total: 2, message: 'two' },
    ]);
  });

  it.each([
    { answer: { action: 'accept' as const, content: { confirm: true } }, confirmed: true },
    { answer: { action: 'accept' as const, content: { confirm: false } }, confirmed: false },
    { answer: { action: 'decline' as const }, confirmed: false },
    { answer: { action: 'cancel' as const }, confirmed: false },
  ])('asks the person: $answer', async ({ answer, confirmed }) => {
    const server = await serveFake(async ({ confirm }) => ({ confirmed: await confirm?.('Really?') }));
    const questions: string[] = [];
    const client = await connectHttp(server, {
      refuseGet,
      answer: (question) => {
        questions.push(question);
        return answer;
      },
    });
    expect((await client.callTool(params)).structuredContent).toEqual({ confirmed });
    expect(questions).toEqual(['Really?']);
  });

  it('is aborted when the client cancels it', async () => {
    let aborted = false;
    const server = await serveFake(untilAborted(() => (aborted = true)));
    const client = await connectHttp(server, { refuseGet });
    const stop = new AbortController();
    const call = client.callTool(params, undefined, { signal: stop.signal }).catch(String);
    await expect.poll(() => server.callers.length).toBe(1);
    stop.abort('enough');
    expect(await call).toContain('enough');
    await expect.poll(() => aborted).toBe(true);
  });
});

it('gives a client that can not be asked no way to ask', async () => {
  const client = await connectHttp(
    await serveFake(async ({ confirm }) => ({ asked: confirm !== undefined })),
  );
  expect((await client.callTool(params)).structuredContent).toEqual({ asked: false });
});

it('takes a client that fails to answer for a no', async () => {
  const server = await serveFake(async ({ confirm }) => ({ confirmed: await confirm?.('Really?') }));
  const client = await connectHttp(server, {
    answer: () => {
      throw new Error('no window');
    },
  });
  const result = await client.callTool(params);
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toContain('DECLINED');
});

it('is from a client without what its name gives away, whatever the profile', async () => {
  const server = await serveFake(async () => ({}));
  const key = 'sk_live_abcdefgh12345678';
  await (await connectHttp(server, { name: `Cursor of jane@acme.com ${key}` })).callTool(params);
  const client = { name: 'Cursor of [redacted:email] [redacted:workos_key]' };
  expect(server.callers).toMatchObject([{ kind: 'agent', client }]);
});
