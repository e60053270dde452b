import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createRateLimiter } from '../../../src/egress/rate-limit.ts';
import { seeded } from '../gateway/support.ts';
import { useFakeTime } from '../shared/fake-time.ts';

const LIMIT = { requests: 4, perMs: 1_000 };
const silent = () => undefined;
let limiter: ReturnType<typeof createRateLimiter>;
let log: { name: string; at: number }[];

useFakeTime();
beforeEach(() => {
  limiter = createRateLimiter(LIMIT);
  log = [];
});

/** Asks for a turn and logs when it comes. */
async function ask(
  name: string,
  key: string | undefined,
  signal = new AbortController().signal,
  yields = false,
) {
  await limiter.take(key, signal, silent, yields);
  log.push({ name, at: performance.now() });
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

/** No window of a second holds more than four turns. */
function expectLimited(): void {
  const times = log.map(({ at }) => at).sort((a, b) => a - b);
  times.slice(4).forEach((at, index) => expect(at - (times[index] ?? 0)).toBeGreaterThan(LIMIT.perMs));
}

describe('turns of one key', () => {
  it('are four at once and then never more than four in any second, in the order of asking', async () => {
    const started = performance.now();
    const all = Promise.all(names(25).map((name) => ask(name, 'a')));
    await vi.advanceTimersByTimeAsync(0);
    expect(log.map(({ name }) => name)).toEqual(['0', '1', '2', '3']);
    await vi.runAllTimersAsync();
    await all;
    expect(log.map(({ name }) => name)).toEqual(names(25));
    expectLimited();
    // Neither slower than the limit needs: six full windows.
    expect(performance.now() - started).toBeLessThan(6 * 1_100);
  });

  it('keep the limit however the askers arrive', async () => {
    const random = seeded(7);
    const all: Promise<void>[] = [];
    for (const name of names(200)) {
      all.push(ask(name, 'a'));
      await vi.advanceTimersByTimeAsync(Math.floor(random() * 450));
    }
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(log.map(({ name }) => name)).toEqual(names(200));
    expectLimited();
  });

  it('come at once again when the window has passed', async () => {
    await Promise.all(names(4).map((name) => ask(name, 'a')));
    await vi.advanceTimersByTimeAsync(1_100);
    const before = performance.now();
    await ask('later', 'a');
    expect(performance.now()).toBe(before);
  });
});

describe('other askers', () => {
  it('with other keys are independent', async () => {
    const waiting = Promise.all(names(8).map((name) => ask(name, 'a')));
    await Promise.all(names(4).map((name) => ask(`b${name}`, 'b')));
    expect(log.map(({ name }) => name)).toEqual([...names(4), 'b0', 'b1', 'b2', 'b3']);
    await vi.runAllTimersAsync();
    await waiting;
  });

  it('without a key never wait', async () => {
    await Promise.all(names(50).map((name) => ask(name, undefined)));
    expect(log).toHaveLength(50);
  });

  it('with many keys each keep their limit', async () => {
    const keys = Array.from({ length: 150 }, (_, index) => `key_${index}`);
    await Promise.all(keys.flatMap((key) => names(4).map((name) => ask(name, key))));
    const fifth = ask('fifth', 'key_0');
    await vi.advanceTimersByTimeAsync(900);
    expect(log).toHaveLength(600);
    await vi.runAllTimersAsync();
    await fifth;
    expect(log.at(-1)?.name).toBe('fifth');
  });
});

describe('who yields', () => {
  it('goes after those who do not, and they keep their order', async () => {
    const asked = ['a1', 'tree1', 'a2', 'tree2', 'a3', 'tree3', 'a4', 'tree4', 'a5', 'a6'];
    const all = asked.map((name) => ask(name, 'a', undefined, name.startsWith('tree')));
    await vi.runAllTimersAsync();
    await Promise.all(all);
    const first = ['a1', 'tree1', 'a2', 'tree2'];
    const then = ['a3', 'a4', 'a5', 'a6', 'tree3', 'tree4'];
    expect(log.map(({ name }) => name)).toEqual([...first, ...then]);
    expectLimited();
  });

  it('waits for nobody when nobody waits', async () => {
    await ask('tree', 'a', undefined, true);
    expect(log).toHaveLength(1);
  });
});

describe('an abort', () => {
  it('ends the wait at once', async () => {
    await Promise.all(names(4).map((name) => ask(name, 'a')));
    const controller = new AbortController();
    const waiting = ask('aborted', 'a', controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(log).toHaveLength(4);
  });

  it('of many leaves their turns to those who ask next', async () => {
    const controller = new AbortController();
    const gone = names(40).map((name) => ask(name, 'a', controller.signal));
    const settled = Promise.allSettled(gone);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    expect((await settled).filter(({ status }) => status === 'rejected')).toHaveLength(36);
    const before = performance.now();
    const next = ask('next', 'a');
    await vi.runAllTimersAsync();
    await next;
    expect(performance.now() - before).toBeLessThanOrEqual(1_050);
    expectLimited();
  });

  it('of those ahead lets nobody overtake who waits already', async () => {
    const controller = new AbortController();
    const gone = names(8).map((name) => ask(name, 'a', Number(name) > 3 ? controller.signal : undefined));
    const settled = Promise.allSettled(gone);
    const patient = ask('patient', 'a');
    controller.abort();
    await settled;
    const next = ask('next', 'a');
    await vi.runAllTimersAsync();
    await Promise.all([patient, next]);
    expect(log.map(({ name }) => name)).toEqual(['0', '1', '2', '3', 'patient', 'next']);
    expectLimited();
  });

  it('of some neither breaks the limit nor the order of the others', async () => {
    const random = seeded(11);
    const controller = new AbortController();
    const all: Promise<unknown>[] = [];
    for (const name of names(120)) {
      const aborts = random() < 0.4;
      all.push(ask(name, 'a', aborts ? controller.signal : undefined).catch(silent));
      if (Number(name) === 60) controller.abort();
      await vi.advanceTimersByTimeAsync(Math.floor(random() * 200));
    }
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expectLimited();
    const order = log.map(({ name }) => Number(name));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order.length).toBeGreaterThan(60);
  });
});

it('tells a wait worth telling, in words', async () => {
  const told = vi.fn<(message: string) => void>();
  const never = new AbortController().signal;
  const all = Promise.all(names(9).map(() => limiter.take('a', never, told)));
  expect(told.mock.calls.map(([message]) => message)).toEqual([
    ...names(4).map(() => "Waiting 1.1 s for the API's rate limit"),
    "Waiting 2.1 s for the API's rate limit",
  ]);
  await vi.runAllTimersAsync();
  await all;
});
