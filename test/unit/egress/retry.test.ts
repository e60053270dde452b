import { describe, expect, it, vi } from 'vitest';
import type { ApiRequest } from '../../../src/workos/transport.ts';
import { requestWithRetries } from '../../../src/egress/retry.ts';
import type { AppError } from '../../../src/shared/errors.ts';
import { useFakeTime } from '../shared/fake-time.ts';
import { postTo, requestTo, SILENT } from './support.ts';

const URL_OF_IT = 'https://api.example.com/organizations?limit=1';
type Send = (signal: AbortSignal) => Promise<Response>;

useFakeTime();

const answer =
  (status: number, headers: Record<string, string> = {}): Send =>
  async () =>
    new Response(status === 200 ? '{}' : '<html>', { status, headers });
const broken =
  (code: string): Send =>
  () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
const silent: Send = (signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

/** Sends a request against scripted attempts (the last one repeats) and plays time to the end. */
async function play(request: ApiRequest, script: readonly [Send, ...Send[]]) {
  const started = performance.now();
  const sentAt: number[] = [];
  const take = vi.fn<() => Promise<void>>(async () => undefined);
  const running = requestWithRetries(request, {
    logger: SILENT,
    take,
    send: (signal) => {
      sentAt.push(performance.now() - started);
      return (script[sentAt.length - 1] ?? script.at(-1) ?? script[0])(signal);
    },
  }).then(
    ({ status }) => ({ status, code: undefined, ms: performance.now() - started }),
    ({ code }: AppError) => ({ status: undefined, code, ms: performance.now() - started }),
  );
  await vi.runAllTimersAsync();
  return { ...(await running), sentAt, take };
}

describe('a read', () => {
  it('that is sent once only has changed nothing, whatever comes of it', async () => {
    const once = requestTo(URL_OF_IT, { repeatable: false });
    expect(await play(once, [answer(500)])).toMatchObject({ status: 500, sentAt: [0] });
    expect(await play(once, [broken('ECONNRESET')])).toMatchObject({ code: 'NETWORK', sentAt: [0] });
  });

  it.each([200, 201, 302, 400, 401, 403, 404, 409, 422])('answered with %i is done', async (status) => {
    const { status: got, sentAt } = await play(requestTo(URL_OF_IT), [
      async () => new Response('{}', { status }),
    ]);
    expect([got, sentAt]).toEqual([status, [0]]);
  });

  it.each([
    ['429', answer(429)],
    ['408', answer(408)],
    ['an HTML 500', answer(500)],
    ['503', answer(503)],
    ['a reset', broken('ECONNRESET')],
    ['a socket closed within the body', broken('UND_ERR_SOCKET')],
    ['a refused connection', broken('ECONNREFUSED')],
  ])('is repeated after %s, a little later', async (_what, first) => {
    const { status, sentAt, take } = await play(requestTo(URL_OF_IT), [first, answer(200)]);
    expect(status).toBe(200);
    expect(sentAt).toHaveLength(2);
    expect(sentAt[1]).toBeGreaterThanOrEqual(225);
    expect(sentAt[1]).toBeLessThanOrEqual(375);
    expect(take).toHaveBeenCalledTimes(2);
  });

  it('is repeated when the body breaks off', async () => {
    const cut: Send = async () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode('{"data":['));
            controller.error(new TypeError('terminated'));
          },
        }),
      );
    expect(await play(requestTo(URL_OF_IT), [cut, answer(200)])).toMatchObject({ status: 200 });
  });

  it('waits longer each time', async () => {
    const { sentAt } = await play(requestTo(URL_OF_IT), [answer(503)]);
    const waits = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    waits.forEach((wait, round) => {
      expect(wait).toBeGreaterThanOrEqual(300 * 2 ** round * 0.75);
      expect(wait).toBeLessThanOrEqual(300 * 2 ** round * 1.25);
    });
    expect(waits.length).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['in seconds', '7'],
    ['as a date', () => new Date(Date.now() + 7_000).toUTCString()],
  ])('waits as long as Retry-After asks for, %s, and says so', async (_how, value) => {
    vi.setSystemTime(new Date('2026-09-15T10:30:00.000Z'));
    const onWait = vi.fn<ApiRequest['onWait']>();
    const header = { 'retry-after': typeof value === 'string' ? value : value() };
    const { sentAt } = await play(requestTo(URL_OF_IT, { onWait }), [answer(429, header), answer(200)]);
    expect(sentAt).toEqual([0, 7_000]);
    expect(onWait).toHaveBeenCalledExactlyOnceWith('WorkOS is busy; trying again in 7.0 s');
  });

  it.each(['0', '', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'does not hammer an API whose Retry-After is "%s"',
    async (value) => {
      const { sentAt } = await play(requestTo(URL_OF_IT), [answer(429, { 'retry-after': value })]);
      expect(sentAt.length).toBeGreaterThan(1);
      expect(sentAt.length).toBeLessThanOrEqual(20_000 / 300 + 1);
    },
  );

  it('does not start a wait that would be too long: the answer stands', async () => {
    const { status, sentAt, ms } = await play(requestTo(URL_OF_IT), [answer(429, { 'retry-after': '60' })]);
    expect([status, sentAt, ms]).toEqual([429, [0], 0]);
  });

  it.each([
    ['an answer', answer(503), { status: 503 }],
    ['no connection', broken('ECONNREFUSED'), { code: 'NETWORK' }],
  ])('ends within 20 s with what it last got: %s', async (_what, attempt, expected) => {
    const result = await play(requestTo(URL_OF_IT), [attempt]);
    expect(result).toMatchObject(expected);
    expect(result.ms).toBeLessThanOrEqual(20_000);
    expect(result.ms).toBeGreaterThan(4_000);
  });

  it('gives up an attempt after 15 s, and all of them after 20', async () => {
    const { code, sentAt, ms } = await play(requestTo(URL_OF_IT), [silent]);
    expect(code).toBe('TIMEOUT');
    expect(sentAt).toHaveLength(2);
    expect(sentAt[1]).toBeGreaterThanOrEqual(15_225);
    expect(ms).toBe(20_000);
  });

  it('gets its answer though the first attempt hung', async () => {
    expect(await play(requestTo(URL_OF_IT), [silent, answer(200)])).toMatchObject({ status: 200 });
  });
});

describe('a write', () => {
  it.each([
    ['a success', answer(201), { status: 201 }],
    ['a refusal', answer(409), { status: 409 }],
    ['a rate limit, before anything happened', answer(429, { 'retry-after': '1' }), { status: 429 }],
    ['an overloaded server', answer(503), { code: 'OUTCOME_UNKNOWN' }],
    ['a timeout on their side', answer(408), { code: 'OUTCOME_UNKNOWN' }],
    ['a reset', broken('ECONNRESET'), { code: 'OUTCOME_UNKNOWN' }],
    ['an unknown failure', () => Promise.reject(new Error('?')), { code: 'OUTCOME_UNKNOWN' }],
    ['no answer', silent, { code: 'OUTCOME_UNKNOWN', ms: 15_000 }],
    ['a refused connection', broken('ECONNREFUSED'), { code: 'NETWORK' }],
    ['an unknown host', broken('ENOTFOUND'), { code: 'NETWORK' }],
    ['a certificate that is not trusted', broken('DEPTH_ZERO_SELF_SIGNED_CERT'), { code: 'NETWORK' }],
  ] as const)('is sent once, whatever comes back: %s', async (_what, attempt, expected) => {
    const { sentAt, ...result } = await play(postTo(URL_OF_IT), [attempt]);
    expect(sentAt).toEqual([0]);
    expect(result).toMatchObject(expected);
  });

  it('that may be repeated is', async () => {
    const result = await play(postTo(URL_OF_IT, { repeatable: true }), [answer(503), answer(201)]);
    expect(result).toMatchObject({ status: 201 });
  });
});

describe('an abort', () => {
  async function abortAt(ms: number, request: (signal: AbortSignal) => ApiRequest, attempt: Send) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), ms);
    return play(request(controller.signal), [attempt]);
  }

  it.each([
    ['a read is only cancelled', (signal: AbortSignal) => requestTo(URL_OF_IT, { signal }), 'CANCELLED'],
    ['a write may have happened', (signal: AbortSignal) => postTo(URL_OF_IT, { signal }), 'OUTCOME_UNKNOWN'],
  ])('under way ends it at once: %s', async (_what, request, code) => {
    expect(await abortAt(500, request, silent)).toMatchObject({ code, ms: 500 });
  });

  it('ends a wait at once', async () => {
    const result = await abortAt(
      2_000,
      (signal) => requestTo(URL_OF_IT, { signal }),
      answer(429, { 'retry-after': '9' }),
    );
    expect(result).toMatchObject({ code: 'CANCELLED', ms: 2_000, sentAt: [0] });
  });

  it.each([requestTo, postTo])('before the start sends nothing, and is no riddle', async (make) => {
    const result = await play(make(URL_OF_IT, { signal: AbortSignal.abort() }), [silent]);
    expect(result).toMatchObject({ code: 'CANCELLED', sentAt: [] });
  });
});
