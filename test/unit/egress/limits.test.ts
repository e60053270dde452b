import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { createLimits, type Limits, sharedLimits } from '../../../src/egress/limits.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { postTo, requestTo, SILENT, startUpstream } from './support.ts';

let sandbox: Sandbox;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(() => sandbox.close());

/** Another window's or session's way to the same account. */
const another = (limits: Limits, apiKey = sandbox.apiKey) =>
  createHttp({ baseUrl: sandbox.url, apiKey, logger: SILENT }, { limits });
const url = () => `${sandbox.url}/organizations?limit=1`;
const told = () => vi.fn<(message: string) => void>();

describe('the limits of a key', () => {
  it('hold for everybody in the process who uses it', async () => {
    const limits = createLimits();
    const onWait = told();
    const rateKey = 'directory_1';
    const ask = () => another(limits).api(requestTo(url(), { rateKey, onWait }));
    await Promise.all([ask(), ask(), ask(), ask()]);
    expect(onWait).not.toHaveBeenCalled();
    await ask();
    expect(onWait).toHaveBeenCalledExactlyOnceWith(
      expect.stringMatching(/^Waiting .* s for the API's rate limit$/u),
    );
  });

  it('are those of the process where nobody says otherwise', async () => {
    const onWait = told();
    const rateKey = 'directory_1';
    const http = () => createHttp({ baseUrl: sandbox.url, apiKey: sandbox.apiKey, logger: SILENT });
    for (let time = 0; time < 5; time += 1) await http().api(requestTo(url(), { rateKey, onWait }));
    expect(onWait).toHaveBeenCalledOnce();
    expect(sharedLimits(sandbox.url, sandbox.apiKey)).toBe(sharedLimits(sandbox.url, sandbox.apiKey));
  });

  it('are apart from those of another key and of another origin', () => {
    const limits = createLimits();
    const one = limits('https://a.example', 'k1');
    expect(limits('https://a.example', 'k2')).not.toBe(one);
    expect(limits('https://b.example', 'k1')).not.toBe(one);
  });

  it('cover all requests together, of whatever directory; agents go before trees, and a wait is told', async () => {
    const limits = createLimits({ perKey: { requests: 2, perMs: 500 } });
    const onWait = told();
    const order: string[] = [];
    const ask = async (name: string, yields: boolean) => {
      await another(limits).api(requestTo(`${url()}&after=`, { rateKey: name, yields, onWait }));
      order.push(name);
    };
    await Promise.all([
      ask('first', false),
      ask('second', false),
      ask('tree 1', true),
      ask('tree 2', true),
      ask('agent 1', false),
      ask('agent 2', false),
    ]);
    expect(order.slice(2, 4).toSorted()).toEqual(['agent 1', 'agent 2']);
    expect(order.slice(4).toSorted()).toEqual(['tree 1', 'tree 2']);
    expect(onWait).toHaveBeenCalledTimes(4);
  });

  it('of 6,000 requests a minute let the next one wait', async () => {
    const { take } = createLimits()('https://a.example', 'k');
    for (let time = 0; time < 6_000; time += 1) await take(requestTo(url()));
    const onWait = told();
    const controller = new AbortController();
    const waiting = take(requestTo(url(), { onWait, signal: controller.signal }));
    await vi.waitFor(() => expect(onWait).toHaveBeenCalledOnce());
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('an API that fails all requests', () => {
  const breaker = { failures: 2, pauseMs: 60_000 };
  const broken = (status: number) => sandbox.faults.set({ kind: 'status', status });
  // A write is not repeated: it fails at once.
  const write = (limits: Limits) => another(limits).api(postTo(`${sandbox.url}/organizations`));

  it('is left alone for a while, by everybody with the key', async () => {
    const limits = createLimits({ breaker });
    broken(503);
    for (let time = 0; time < 2; time += 1)
      await expect(write(limits)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    sandbox.faults.clear();
    const kept = another(limits).api(requestTo(url()));
    await expect(kept).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringMatching(/^WorkOS failed 2 times in a row; asking again in \d+ s\./u) as string,
    });
    expect(sandbox.requests.count()).toBe(2);
    // Another key has other luck.
    expect(await another(limits, 'sk_test_other').api(requestTo(url()))).toMatchObject({ status: 401 });
  });

  it('is not one that refuses', async () => {
    const limits = createLimits({ breaker });
    broken(422);
    for (let time = 0; time < 4; time += 1) await write(limits);
    expect(sandbox.requests.count()).toBe(4);
  });

  it('is not one that was given up on', async () => {
    const limits = createLimits({ breaker });
    const silent = await startUpstream(() => undefined);
    const http = createHttp({ baseUrl: silent.url, apiKey: 'sk_test_x', logger: SILENT }, { limits });
    for (let time = 1; time <= 4; time += 1) {
      const controller = new AbortController();
      const running = http.api(postTo(`${silent.url}/a`, { signal: controller.signal }));
      await vi.waitFor(() => expect(silent.seen).toHaveLength(time));
      controller.abort();
      await expect(running).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    }
  });
});
