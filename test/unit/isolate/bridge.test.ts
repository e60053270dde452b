import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { isolated } from '../../../src/isolate/isolated.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { AppError } from '../../../src/shared/errors.ts';
import type { Http } from '../../../src/workos/transport.ts';
import { startAccount } from '../../support/account.ts';
import { AGENT, keepingLogger } from '../gateway/support.ts';
import { bundleProgram, failed, JOB, openIsolate, ROGUE } from './support.ts';

let file: string;
beforeAll(async () => {
  file = await bundleProgram('isolate');
});
const LIMITS = { idleMs: 5_000, totalMs: 5_000 };

describe('what crosses the bridge', () => {
  it('errors of ours keep code, message and hint; others only their text, for the log', async () => {
    const { act } = openIsolate({ file });
    expect((await failed(act('refuse'))).toJSON()).toEqual({
      code: 'NOT_FOUND',
      message: 'No.',
      hint: 'Look.',
    });
    await expect(act('fault')).rejects.toThrow('TypeError: unforeseen');
  });

  it('progress and questions', async () => {
    const { act } = openIsolate({ file });
    const progress = vi.fn<(step: unknown) => void>();
    await act('tell', { progress });
    expect(progress.mock.calls).toEqual([[{ message: 'half', done: 1, total: 2 }]]);
    const confirm = vi.fn<(question: string) => Promise<boolean>>(async () => true);
    expect(await act('ask', { confirm })).toBe(true);
    expect(confirm.mock.calls).toEqual([['Sure?']]);
  });

  it('a listener that refuses progress ends the call', async () => {
    const { act } = openIsolate({ file });
    const refuse = () => {
      throw new AppError({ code: 'INTERNAL', message: 'Withheld.' });
    };
    expect((await failed(act('tell', { progress: refuse }))).message).toBe('Withheld.');
  });

  it('a real call, and its requests’ errors', async () => {
    const { url: baseUrl, apiKey } = await startAccount();
    const scope = { signal: new AbortController().signal, progress: () => undefined };
    const input = { limit: 2 };
    const good = openIsolate({ file, baseUrl, apiKey });
    expect((await good.executor.run({ ...JOB, input }, scope)).value).toMatchObject({ items: [{}, {}] });
    const keyless = openIsolate({ file, baseUrl });
    expect((await failed(keyless.executor.run({ ...JOB, input }, scope))).code).toBe('NO_API_KEY');
  });

  it('the number of the call, to the lines of the log about its requests', async () => {
    const { url: baseUrl, apiKey, faults } = await startAccount();
    const logger = keepingLogger();
    const calls: number[] = [];
    const runtime = createRuntime({
      account: { baseUrl, apiKey, name: 'Sample', kind: 'sandbox' },
      policy: () => ({}),
      limits: LIMITS,
      observers: [({ call }) => void calls.push(call)],
      logger,
      executor: isolated({ file }),
    });
    // The first call starts the isolate, the second one finds it.
    await runtime.invoke('list_directories', {}, AGENT);
    faults.set({ kind: 'status', status: 503, times: 1 });
    const outcome = await runtime.invoke('list_directories', {}, AGENT);
    await runtime.close();
    expect(outcome.ok).toBe(true);
    const pattern = new RegExp(`^info #${calls[1]} GET /directories: trying again`, 'u');
    expect(logger.lines).toContainEqual(expect.stringMatching(pattern));
  });
});

describe('a file', () => {
  const CHUNK = new Uint8Array(64_000);
  /** Hands out one file, and counts what was taken of it. */
  const filesOf = (chunks: number) => {
    const taken = { chunks: 0, cancelled: 0 };
    const http: Http = {
      api: () => Promise.reject(new Error('no API')),
      download: async () =>
        new ReadableStream(
          {
            pull: (controller) => {
              taken.chunks += 1;
              if (taken.chunks > chunks) controller.close();
              else controller.enqueue(CHUNK);
            },
            cancel: () => void (taken.cancelled += 1),
          },
          { highWaterMark: 0 },
        ),
    };
    return { http, taken };
  };

  it('larger than the isolate may become streams through it', async () => {
    const { http } = filesOf(5_000);
    expect(await openIsolate({ file, http }).act('read a file')).toBe(5_000 * CHUNK.length);
  });

  it('is taken as fast as it is read, and dropped when the call ends', async () => {
    const { http, taken } = filesOf(5_000);
    expect(await openIsolate({ file, http }).act('begin a file')).toEqual([CHUNK.length]);
    expect(taken.chunks).toBeLessThan(5);
    await expect.poll(() => taken.cancelled).toBe(1);
  });
});

describe('a call that is aborted', () => {
  it('by its limits ends, however deaf the isolate is', async () => {
    const { executor, logger } = openIsolate({ file });
    const { invoke } = createGateway({
      policy: () => ({}),
      limits: { idleMs: 300, totalMs: 300 },
      observers: [],
      logger,
      run: (call) => executor.run({ ...JOB, input: { act: 'deaf' } }, call),
    });
    const outcome = await invoke('list_directories', {}, AGENT);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
  });

  it('after it sent a write says that nobody knows, while there is someone to hear it', async () => {
    const account = await startAccount();
    account.faults.set({ kind: 'latency', ms: 20_000 });
    const { url: baseUrl, apiKey } = account;
    const { executor, logger } = openIsolate({ file: ROGUE, baseUrl, apiKey });
    const tool = 'create_workos_organization' as const;
    const input = { act: 'request', method: 'POST', body: '{"name":"x"}' };
    const { invoke } = createGateway({
      policy: () => ({}),
      limits: { idleMs: 10_000, totalMs: 10_000 },
      observers: [],
      logger,
      run: (call) => executor.run({ ...JOB, tool, input }, call),
    });
    const stop = new AbortController();
    const running = invoke(tool, { name: 'x', domains: ['x.example'] }, AGENT, { signal: stop.signal });
    await expect.poll(() => account.requests.count(), { timeout: 10_000 }).toBe(1);
    stop.abort();
    expect(await running).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } });
  });
});
