import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import type { Http } from '../../../src/workos/transport.ts';
import { deadOrigin, postTo, requestTo, SILENT, startUpstream } from './support.ts';

let sandbox: Sandbox;
let http: Http;

beforeAll(async () => {
  sandbox = await startSandbox();
  http = createHttp({ baseUrl: sandbox.url, apiKey: sandbox.apiKey, logger: SILENT });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.faults.clear();
  sandbox.requests.clear();
});

const organizations = () => `${sandbox.url}/organizations?limit=1`;

describe('an API request', () => {
  it('carries the key to the API', async () => {
    const { status, text } = await http.api(requestTo(organizations()));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ object: 'list' });
  });

  it('carries its body as JSON', async () => {
    const { status } = await http.api(
      postTo(`${sandbox.url}/organizations`, { body: '{"name":"Posted","domain_data":[]}' }),
    );
    expect(status).toBe(201);
    expect(sandbox.account.organizations.at(-1)?.name).toBe('Posted');
  });

  it('gives a refusal as an answer', async () => {
    const wrong = createHttp({ baseUrl: sandbox.url, apiKey: 'sk_test_wrong', logger: SILENT });
    expect(await wrong.api(requestTo(organizations()))).toMatchObject({ status: 401 });
  });

  it('goes to no other origin, and none is contacted', async () => {
    const other = await startUpstream((_request, response) => response.end('{}'));
    const { host } = new URL(sandbox.url);
    const urls = [
      `${other.url}/organizations`,
      `http://${host}@${new URL(other.url).host}/organizations`,
      `https://${host}/organizations`,
      'http://127.0.0.1/organizations',
      'file:///etc/passwd',
      'data:application/json,{}',
    ];
    for (const url of urls) {
      await expect(http.api(requestTo(url))).rejects.toMatchObject({ code: 'INTERNAL' });
    }
    expect(other.seen).toEqual([]);
    expect(sandbox.requests.count()).toBe(0);
  });

  it.each([
    '..%2f..%2f@evil.example',
    '%2f%2fevil.example',
    '..',
    '\\\\evil.example\\x',
    '%0d%0aHost:%20evil.example',
  ])('keeps its host, whatever an id in its path looks like: %s', async (id) => {
    const api = await startUpstream((_request, response) => response.end('{}'));
    const guarded = createHttp({ baseUrl: api.url, apiKey: 'sk_test_x', logger: SILENT });
    await guarded.api(requestTo(`${api.url}/organizations/${id}`));
    expect(api.seen.map(({ headers }) => headers.host)).toEqual([new URL(api.url).host]);
    expect(api.seen[0]!.url).toMatch(/^\/[^\s]*$/u);
  });

  it('without a key answers NO_API_KEY, and nothing is sent', async () => {
    const keyless = createHttp({ baseUrl: sandbox.url, apiKey: undefined, logger: SILENT });
    await expect(keyless.api(requestTo(organizations()))).rejects.toMatchObject({
      code: 'NO_API_KEY',
      hint: expect.stringContaining('WORKOS_API_KEY') as string,
    });
    expect(sandbox.requests.count()).toBe(0);
  });

  it.each([301, 302, 307, 308])(
    'does not follow a %i: its target sees nothing, the key least',
    async (status) => {
      const target = await startUpstream((_request, response) => response.end('{"stolen":true}'));
      const api = await startUpstream((_request, response) => {
        response.writeHead(status, { location: `${target.url}/elsewhere` }).end();
      });
      const redirected = createHttp({ baseUrl: api.url, apiKey: 'sk_test_x', logger: SILENT });
      const told = {
        code: 'BAD_RESPONSE',
        message: expect.stringContaining(`redirect (HTTP ${status})`) as string,
      };
      await expect(redirected.api(requestTo(`${api.url}/a`))).rejects.toMatchObject(told);
      await expect(redirected.api(postTo(`${api.url}/a`))).rejects.toMatchObject(told);
      const download = redirected.download(`${api.url}/a`, new AbortController().signal);
      await expect(download).rejects.toMatchObject(told);
      expect(target.seen).toEqual([]);
      expect(api.seen).toHaveLength(3);
    },
  );

  it.each<[string, FaultKind]>([
    ['an HTML error page', { kind: 'status', status: 502 }],
    ['429', { kind: 'status', status: 429, body: '"Ratelimited"' }],
    ['a reset', { kind: 'reset' }],
    ['a body that breaks off', { kind: 'truncate' }],
  ])('is repeated over a real connection after %s', async (_what, fault) => {
    sandbox.faults.set({ ...fault, times: 1 });
    const { status, text } = await http.api(requestTo(organizations()));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ object: 'list' });
    expect(sandbox.requests.count()).toBe(2);
  });

  it.each<[string, FaultKind]>([
    ['before it takes effect', { kind: 'reset' }],
    ['after it took effect', { kind: 'reset-after' }],
    ['within the answer', { kind: 'truncate' }],
    ['behind an error page', { kind: 'status', status: 502 }],
  ])(
    'that writes is sent once, and its outcome unknown, when the connection breaks %s',
    async (_what, fault) => {
      sandbox.faults.set(fault);
      const body = '{"name":"Once","domain_data":[]}';
      await expect(http.api(postTo(`${sandbox.url}/organizations`, { body }))).rejects.toMatchObject({
        code: 'OUTCOME_UNKNOWN',
      });
      expect(sandbox.requests.count()).toBe(1);
    },
  );

  it('that writes is NETWORK, and safe to repeat, when nobody listens', async () => {
    const baseUrl = await deadOrigin();
    const lost = createHttp({ baseUrl, apiKey: 'sk_test_x', logger: SILENT });
    await expect(lost.api(postTo(`${baseUrl}/organizations`))).rejects.toMatchObject({ code: 'NETWORK' });
  });

  it.each<[string, FaultKind]>([
    ['the answer is awaited', { kind: 'latency', ms: 600_000 }],
    ['the body trickles', { kind: 'trickle', chunkMs: 50 }],
  ])('is aborted at once while %s', async (_what, fault) => {
    sandbox.faults.set(fault);
    const controller = new AbortController();
    const running = http.api(requestTo(organizations(), { signal: controller.signal }));
    await vi.waitFor(() => expect(sandbox.requests.count()).toBe(1));
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(sandbox.requests.count()).toBe(1);
  });

  it('closes its socket when it is aborted', async () => {
    const upstream = await startUpstream(() => undefined);
    const api = createHttp({ baseUrl: upstream.url, apiKey: 'sk_test_x', logger: SILENT });
    const controller = new AbortController();
    const running = api.api(requestTo(`${upstream.url}/a`, { signal: controller.signal }));
    await vi.waitFor(() => expect(upstream.seen).toHaveLength(1));
    const closed = upstream.allClosed();
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(closed).resolves.toBeUndefined();
  });

  it('waits its turn among those of the same rate key, and no other', async () => {
    const told = vi.fn<(message: string) => void>();
    const send = (rateKey: string | undefined) =>
      http.api(requestTo(organizations(), { rateKey, onWait: told }));
    await Promise.all(['a', 'a', 'b', 'a', 'b', 'a', undefined, undefined, undefined].map(send));
    expect(told).not.toHaveBeenCalled();
    await send('a');
    expect(told).toHaveBeenCalledOnce();
  });
});
