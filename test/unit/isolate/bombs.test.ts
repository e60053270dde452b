import { beforeAll, describe, expect, it } from 'vitest';
import { startAccount } from '../../support/account.ts';
import { bundleProgram, failed, openIsolate, ROGUE } from './support.ts';

let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});

/** Short enough for a test, long enough for a machine that does other work. */
const limits = { stuckMs: 1_500 };

describe('a call that blows up its isolate', () => {
  it.each([
    ['heap', 'memory|stopped answering'],
    ['fill', 'memory|stopped answering'],
    ['buffers', 'took too much memory'],
    ['buffers at once', 'took too much memory'],
    ['loop', 'stopped answering'],
    ['throw', 'ended unexpectedly'],
    ['long line', 'memory|broke the rules'],
    ['chatter', 'memory|stopped answering|broke the rules'],
  ])('by %s answers an error, and the next call works', async (act, words) => {
    const bench = openIsolate({ file, limits });
    const error = await failed(bench.act(act));
    expect(error.code).toBe('INTERNAL');
    expect(error.message).toMatch(new RegExp(words, 'u'));
    expect(error.hint).toContain('report it');
    // Once with the others, once alone.
    expect(bench.logger.lines).toHaveLength(1);
    expect(await bench.act('ok')).toBe('ok');
  });

  it.each([
    ['garbage', 'broke the rules'],
    ['no newline', 'broke the rules'],
    ['flood', 'broke the rules'],
    ['many requests', 'broke the rules'],
    ['same number', 'broke the rules'],
    ['unknown code', 'broke the rules'],
    ['ready twice', 'broke the rules'],
    ['exit', 'ended unexpectedly'],
  ])('with %s once it is taken over answers an error', async (act, words) => {
    const { url } = await startAccount();
    const bench = openIsolate({
      file: ROGUE,
      baseUrl: url,
      apiKey: 'k',
      limits: { ...limits, line: 4_000_000 },
    });
    const error = await failed(bench.act(act));
    expect(error.code).toBe('INTERNAL');
    expect(error.message).toContain(words);
    expect(await bench.act('env')).toMatchObject({ env: expect.anything() });
  });
});

describe('calls beside one that blows up', () => {
  it('are run once more and succeed', async () => {
    const bench = openIsolate({ file, limits });
    await bench.act('ok');
    const beside = Array.from({ length: 5 }, () => bench.act('slow'));
    const error = await failed(bench.act('loop'));
    expect(error.message).toContain('stopped answering');
    expect(await Promise.all(beside)).toEqual(Array.from({ length: 5 }, () => 'slow'));
  });

  it('that were aborted meanwhile are not', async () => {
    const bench = openIsolate({ file, limits });
    await bench.act('ok');
    const stop = new AbortController();
    const aborted = failed(bench.act('deaf', { signal: stop.signal }));
    const bomb = failed(bench.act('loop'));
    stop.abort();
    expect((await aborted).code).toBe('CANCELLED');
    await bomb;
  });
});

describe('a write whose isolate dies', () => {
  const create = { tool: 'create_workos_organization' as const };
  const body = { name: 'Boom', domains: ['boom.example'], domain_state: 'pending' };

  it('under way has an unknown outcome and is not run again', async () => {
    const account = await startAccount();
    const { url: baseUrl, apiKey } = account;
    account.faults.set({ kind: 'latency', ms: 20_000, match: ({ method }) => method === 'POST' });
    const bench = openIsolate({ file, limits, baseUrl, apiKey });
    const scope = { signal: new AbortController().signal, progress: () => undefined };
    const job = { ...create, environment: { id: 'e', name: 'T', kind: 'sandbox' as const }, input: body };
    const running = failed(
      bench.executor.run({ ...job, patienceMs: 1_000, lean: false, wide: false }, scope),
    );
    const posts = () => account.requests.entries.filter(({ method }) => method === 'POST').length;
    await expect.poll(posts, { timeout: 10_000 }).toBe(1);
    const bomb = failed(bench.act('loop'));
    const error = await running;
    expect(error.code).toBe('OUTCOME_UNKNOWN');
    expect(error.hint).toMatch(/^Look before trying again/u);
    await bomb;
    expect(posts()).toBe(1);
  });

  it('before anything was sent says that nothing was changed', async () => {
    const bench = openIsolate({ file, limits });
    const error = await failed(bench.act('loop', create));
    expect(error.code).toBe('INTERNAL');
    expect(error.message).toContain('Nothing was changed.');
  });
});
