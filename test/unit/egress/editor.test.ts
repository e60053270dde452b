import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { createLimits } from '../../../src/egress/limits.ts';
import { machineWith } from './machine.ts';
import { postTo, requestTo, SILENT, startUpstream } from './support.ts';

const API = 'https://api.workos.com';
const KEY = 'sk_test_editor';
const never = () => new AbortController().signal;
const original = globalThis.fetch;
afterEach(() => void vi.unstubAllGlobals());

/** The editor's fetch: it knows a way of its own to the servers of the test. */
function editorKnows(url: string) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (target: string, init: RequestInit) => {
    asked.push(target);
    return original(target.replace(/^https:\/\/[^/]+/u, url), init);
  });
  return asked;
}

const machine = machineWith({ resolve: () => [] });
const network = { through: 'editor', proxy: 'http://ignored:1' } as const;
const http = () =>
  createHttp({ baseUrl: API, apiKey: KEY, logger: SILENT, network }, { machine, limits: createLimits() });

describe('with the editor’s fetch', () => {
  it('requests go its way, with the key to the API only', async () => {
    const upstream = await startUpstream((_request, response) => response.end('{}'));
    const asked = editorKnows(upstream.url);
    expect(await http().api(postTo(`${API}/a`))).toMatchObject({ status: 200, text: '{}' });
    const file = await http().download('https://exports.audit-logs.com/a.csv', never());
    expect(await new Response(file).text()).toBe('{}');
    expect(asked).toEqual([`${API}/a`, 'https://exports.audit-logs.com/a.csv']);
    const [first, second] = upstream.seen.map(({ headers }) => headers.authorization);
    expect([first, second]).toEqual([`Bearer ${KEY}`, undefined]);
    expect(machine.looked).toEqual([]);
  });

  it('no redirect is followed', async () => {
    const target = await startUpstream((_request, response) => response.end('{}'));
    const upstream = await startUpstream((_request, response) =>
      response.writeHead(302, { location: target.url }).end(),
    );
    editorKnows(upstream.url);
    await expect(http().api(requestTo(`${API}/a`))).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    expect(target.seen).toEqual([]);
  });

  it('other origins are refused before it is asked', async () => {
    const asked = editorKnows('http://127.0.0.1:1');
    await expect(http().api(requestTo('https://api.workos.com.evil.example/a'))).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    await expect(http().download('https://evil.example/a.csv', never())).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    expect(asked).toEqual([]);
  });

  it('large answers are cut off', async () => {
    const upstream = await startUpstream((_request, response) => response.end(Buffer.alloc(17 * 2 ** 20)));
    editorKnows(upstream.url);
    await expect(http().api(requestTo(`${API}/a`))).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });

  it('this machine is still reached over own connections', async () => {
    const asked = editorKnows('http://127.0.0.1:1');
    const upstream = await startUpstream((_request, response) => response.end('{}'));
    const local = createHttp({ baseUrl: upstream.url, apiKey: KEY, logger: SILENT, network });
    expect(await local.api(requestTo(`${upstream.url}/a`))).toMatchObject({ status: 200 });
    expect(asked).toEqual([]);
  });
});
