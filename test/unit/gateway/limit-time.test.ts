import { beforeEach, describe, expect, it, vi } from 'vitest';
import { limitTime } from '../../../src/gateway/limit-time.ts';
import type { Call, Next, StepOutcome } from '../../../src/gateway/steps.ts';
import { AppError } from '../../../src/shared/errors.ts';
import { sleep } from '../../../src/shared/wait.ts';
import { useFakeTime } from '../shared/fake-time.ts';
import { callOf } from './support.ts';

const LIMITS = { idleMs: 1_000, totalMs: 5_000 };
const DONE: StepOutcome = { ok: true, draft: { value: 'done' } };
let caller: AbortController;

useFakeTime();
beforeEach(() => {
  caller = new AbortController();
});

/** Starts a call under the limits; its end, or the error it ended with, and when. */
function start(next: Next, more: Partial<Call> = {}) {
  const started = performance.now();
  const ended = limitTime(LIMITS)(next)(callOf('list_directories', { signal: caller.signal, ...more }));
  return ended.then(
    (outcome) => ({ outcome, error: undefined, ms: performance.now() - started }),
    (error: AppError) => ({ outcome: undefined, error, ms: performance.now() - started }),
  );
}

/** Works for this long, telling progress after each step. */
function work(step: number, times: number): Next {
  return async (call) => {
    for (let time = 0; time < times; time += 1) {
      await sleep(step, call.signal);
      call.progress({ message: `${time}` });
    }
    return DONE;
  };
}

const never: Next = (call) => sleep(1_000_000, call.signal).then(() => DONE);
const deaf: Next = () => Promise.withResolvers<StepOutcome>().promise;

describe('a call', () => {
  it('that ends in time gives its outcome', async () => {
    const ended = start(work(900, 1));
    await vi.advanceTimersByTimeAsync(900);
    expect(await ended).toMatchObject({ outcome: DONE, ms: 900 });
  });

  it('that fails gives its own error', async () => {
    const error = new AppError({ code: 'NOT_FOUND', message: 'No.' });
    expect((await start(() => Promise.reject(error))).error).toBe(error);
  });

  it('that stalls ends after the idle limit, and its work is told to stop', async () => {
    let signal: AbortSignal | undefined;
    const ended = start((call) => {
      ({ signal } = call);
      return never(call);
    });
    await vi.advanceTimersByTimeAsync(1_000);
    const { error, ms } = await ended;
    expect(error).toMatchObject({ code: 'TIMEOUT', message: 'No progress for 1 s.' });
    expect(error?.hint).toContain('--timeout');
    expect(ms).toBe(1_000);
    expect(signal?.aborted).toBe(true);
  });

  it('that shows progress may take longer than the idle limit, and its caller sees it', async () => {
    const progress = vi.fn<Call['progress']>();
    const ended = start(work(900, 4), { progress });
    await vi.advanceTimersByTimeAsync(3_600);
    expect(await ended).toMatchObject({ outcome: DONE, ms: 3_600 });
    expect(progress.mock.calls.map(([{ message }]) => message)).toEqual(['0', '1', '2', '3']);
  });

  it('that goes on and on ends after the total limit', async () => {
    const ended = start(work(900, 100));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await ended).toMatchObject({
      error: { code: 'TIMEOUT', message: 'Not finished after 5 s.' },
      ms: 5_000,
    });
  });

  it('that does not react to the end of its time ends all the same, a moment later', async () => {
    const ended = start(deaf);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await ended).toMatchObject({ error: { code: 'TIMEOUT' }, ms: 1_250 });
  });

  it('whose caller gives up ends at once as CANCELLED', async () => {
    const ended = start(never);
    await vi.advanceTimersByTimeAsync(300);
    caller.abort();
    expect(await ended).toMatchObject({ error: { code: 'CANCELLED' }, ms: 300 });
  });
});

describe('the last word of an aborted call', () => {
  const dying =
    (end: () => Promise<StepOutcome>, after: number): Next =>
    async ({ signal }) => {
      await sleep(1_000_000, signal).catch(() => undefined);
      await sleep(after, new AbortController().signal);
      return end();
    };
  const unknown = new AppError({ code: 'OUTCOME_UNKNOWN', message: 'Who knows.' });

  it.each([
    ['OUTCOME_UNKNOWN wins', () => Promise.reject(unknown), 100, 'OUTCOME_UNKNOWN'],
    ['OUTCOME_UNKNOWN comes too late', () => Promise.reject(unknown), 300, 'CANCELLED'],
    [
      'a broken stream is only how the abort was taken',
      () => Promise.reject(new Error('x')),
      100,
      'CANCELLED',
    ],
    [
      'an error that is a consequence does not hide the abort',
      () => Promise.reject(new AppError({ code: 'BAD_RESPONSE', message: 'Broke off.' })),
      100,
      'CANCELLED',
    ],
  ] as const)('%s', async (_what, end, after, code) => {
    const ended = start(dying(end, after));
    caller.abort();
    await vi.advanceTimersByTimeAsync(300);
    expect((await ended).error?.code).toBe(code);
  });

  it('may be that it succeeded', async () => {
    const ended = start(dying(() => Promise.resolve(DONE), 100));
    caller.abort();
    await vi.advanceTimersByTimeAsync(300);
    expect((await ended).outcome).toBe(DONE);
  });
});

describe('waiting for a person', () => {
  const asking =
    (before: number, after: number): Next =>
    async (call) => {
      await work(500, before / 500)(call);
      const yes = await call.confirm?.('Sure?');
      await work(500, after / 500)(call);
      return { ok: true, draft: { value: yes } };
    };
  const patient = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 60_000));

  it('does not count, neither as silence nor in all', async () => {
    const ended = start(asking(2_000, 2_000), { confirm: patient });
    await vi.advanceTimersByTimeAsync(64_000);
    expect(await ended).toMatchObject({ outcome: { draft: { value: true } }, ms: 64_000 });
  });

  it('gives no new time in all', async () => {
    const ended = start(asking(3_000, 3_000), { confirm: patient });
    await vi.advanceTimersByTimeAsync(66_000);
    expect(await ended).toMatchObject({ error: { code: 'TIMEOUT' }, ms: 65_000 });
  });

  it('stays free of the clock when something else makes progress meanwhile', async () => {
    const ended = start(
      async (call) => {
        const asked = call.confirm?.('Sure?');
        await sleep(100, call.signal);
        call.progress({ message: 'elsewhere' });
        return { ok: true, draft: { value: await asked } };
      },
      { confirm: patient },
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await ended).toMatchObject({ outcome: { draft: { value: true } } });
  });

  it('can be broken off, and starts no clock when the answer comes later', async () => {
    const ended = start(asking(500, 500), { confirm: patient });
    await vi.advanceTimersByTimeAsync(1_000);
    caller.abort();
    await vi.advanceTimersByTimeAsync(250);
    expect((await ended).error?.code).toBe('CANCELLED');
    await vi.advanceTimersByTimeAsync(60_000);
  });

  it('is not offered to a call whose client cannot ask', async () => {
    const ended = await start(async (call) => ({ ok: true, draft: { value: 'confirm' in call } }));
    expect(ended.outcome).toEqual({ ok: true, draft: { value: false } });
  });
});
