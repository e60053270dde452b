import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createShare, type Share } from '../../../src/workos/share.ts';

let share: Share<string>;
let started: { signal: AbortSignal; tell: (message: string) => void; end: PromiseWithResolvers<string> }[];
const start = (signal: AbortSignal, tell: (message: string) => void) => {
  const end = Promise.withResolvers<string>();
  started.push({ signal, tell, end });
  return end.promise;
};

function ask(key: string) {
  const controller = new AbortController();
  const onWait = vi.fn<(message: string) => void>();
  const result = share(key, { signal: controller.signal, onWait }, start);
  result.catch(() => undefined);
  return { controller, onWait, result };
}

beforeEach(() => {
  share = createShare();
  started = [];
});

describe('callers of the same key', () => {
  it('share one piece of work while it lasts', async () => {
    const asked = [ask('a'), ask('a'), ask('a')];
    expect(started).toHaveLength(1);
    started[0]?.end.resolve('done');
    expect(await Promise.all(asked.map(({ result }) => result))).toEqual(['done', 'done', 'done']);
  });

  it('start it anew when it is over, well or badly', async () => {
    const one = ask('a');
    started[0]?.end.resolve('first');
    await one.result;
    const two = ask('a');
    started[1]?.end.reject(new Error('broken'));
    await expect(two.result).rejects.toThrow('broken');
    const three = ask('a');
    started[2]?.end.resolve('third');
    expect(await three.result).toBe('third');
  });

  it('all learn that it failed', async () => {
    const asked = [ask('a'), ask('a')];
    started[0]?.end.reject(new Error('broken'));
    const results = await Promise.allSettled(asked.map(({ result }) => result));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('are each told of waits, as long as they wait', async () => {
    const [one, two] = [ask('a'), ask('a')];
    started[0]?.tell('busy');
    two.controller.abort();
    await expect(two.result).rejects.toMatchObject({ code: 'CANCELLED' });
    started[0]?.tell('still busy');
    expect(one.onWait.mock.calls).toEqual([['busy'], ['still busy']]);
    expect(two.onWait.mock.calls).toEqual([['busy']]);
  });
});

it('tells waits from the very start of the work', async () => {
  const onWait = vi.fn<(message: string) => void>();
  const { signal } = new AbortController();
  await share('a', { signal, onWait }, async (_signal, tell) => {
    tell('queueing');
    return 'done';
  });
  expect(onWait.mock.calls).toEqual([['queueing']]);
});

it('keeps different keys apart', async () => {
  const [one, two] = [ask('a'), ask('b')];
  started[0]?.end.resolve('of a');
  started[1]?.end.resolve('of b');
  expect([await one.result, await two.result]).toEqual(['of a', 'of b']);
});

describe('a caller that gives up', () => {
  it('does not take the work from the others', async () => {
    const [one, two] = [ask('a'), ask('a')];
    one.controller.abort();
    await expect(one.result).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(started[0]?.signal.aborted).toBe(false);
    started[0]?.end.resolve('done');
    expect(await two.result).toBe('done');
  });

  it('as the last one aborts the work', async () => {
    const asked = [ask('a'), ask('a')];
    for (const { controller, result } of asked) {
      controller.abort();
      await expect(result).rejects.toMatchObject({ code: 'CANCELLED' });
    }
    expect(started[0]?.signal.aborted).toBe(true);
  });

  it('leaves nothing behind for the next, who gets work of their own', async () => {
    const one = ask('a');
    one.controller.abort();
    await expect(one.result).rejects.toMatchObject({ code: 'CANCELLED' });
    const two = ask('a');
    // The aborted work ends only now; the new one is not taken down with it.
    started[0]?.end.reject(new Error('aborted'));
    await new Promise((resolve) => setImmediate(resolve));
    const three = ask('a');
    expect(started).toHaveLength(2);
    started[1]?.end.resolve('fresh');
    expect([await two.result, await three.result]).toEqual(['fresh', 'fresh']);
  });
});
