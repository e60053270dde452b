import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { watchedHttp } from '../../../src/egress/watched-http.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { FORMS, startHoneypot } from '../access/honeypot-bench.ts';
import { AGENT, keepingLogger } from '../gateway/support.ts';
import { requestTo, SILENT, startUpstream } from './support.ts';

const STOPPED = { code: 'STOPPED' };
const signal = new AbortController().signal;

/** A way out behind a honeypot, to a server that answers as it is told. */
async function openWay(answer = '{}', apiKey = 'sk_test_key') {
  const bench = startHoneypot();
  bench.lookout.decoyKey();
  /** `rest` follows when it is there. */
  const say = { text: answer, headers: {} as Record<string, string>, rest: Promise.resolve('') };
  const upstream = await startUpstream((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...say.headers });
    response.write(say.text);
    void say.rest.then((rest) => response.end(rest));
  });
  const way = createHttp({ baseUrl: upstream.url, apiKey, logger: SILENT });
  return { ...bench, say, upstream, http: watchedHttp(way, bench.lookout, apiKey), way };
}

describe('a request', () => {
  it.each([
    ['its address', (text: string) => ({ url: `/organizations?search=${text}` })],
    [
      'its body',
      (text: string) => ({ url: '/organizations', method: 'POST' as const, body: `{"name":"${text}"}` }),
    ],
    ['its rate key', (text: string) => ({ url: '/', rateKey: text })],
  ])('with a decoy in %s does not leave', async (_where, make) => {
    const { http, upstream, decoys, sightings } = await openWay();
    const { url, ...more } = make(decoys().key.text);
    await expect(http.api(requestTo(upstream.url + url, more))).rejects.toMatchObject(STOPPED);
    expect(upstream.seen).toEqual([]);
    expect(sightings).toEqual([{ decoy: 'key', where: 'a request to WorkOS' }]);
  });

  it('under the decoy key does not leave', async () => {
    const { way, upstream, lookout, sightings } = await openWay();
    const http = watchedHttp(way, lookout, lookout.decoyKey());
    await expect(http.api(requestTo(upstream.url))).rejects.toMatchObject(STOPPED);
    expect(upstream.seen).toEqual([]);
    expect(sightings).toEqual([{ decoy: 'key', where: 'the API key that is set' }]);
  });

  it('of a download with a decoy does not leave', async () => {
    const { http, upstream, decoys, sightings } = await openWay();
    const { text } = decoys().token;
    await expect(http.download(`${upstream.url}/${text}`, signal)).rejects.toMatchObject(STOPPED);
    expect(upstream.seen).toEqual([]);
    expect(sightings).toEqual([{ decoy: 'token', where: 'a download' }]);
  });
});

describe('what WorkOS answers', () => {
  it('passes as it is without a decoy', async () => {
    const { http, upstream, say, isStopped } = await openWay('{"data":[]}');
    expect(await http.api(requestTo(upstream.url))).toMatchObject({ status: 200, text: '{"data":[]}' });
    say.text = 'a,b\r\n'.repeat(1_000);
    expect(await new Response(await http.download(`${upstream.url}/x.csv`, signal)).text()).toBe(say.text);
    expect(isStopped()).toBe(false);
  });

  it('goes no further with a decoy in its text', async () => {
    const { http, upstream, say, decoys, sightings } = await openWay();
    say.text = `{"name":"${decoys().token.text}"}`;
    await expect(http.api(requestTo(upstream.url))).rejects.toMatchObject(STOPPED);
    expect(sightings).toEqual([{ decoy: 'token', where: 'an answer of WorkOS' }]);
  });

  it('goes no further with a decoy in its headers', async () => {
    const { http, upstream, say, decoys, isStopped } = await openWay();
    say.headers = { 'retry-after': decoys().token.text };
    await expect(http.api(requestTo(upstream.url))).rejects.toMatchObject(STOPPED);
    expect(isStopped()).toBe(true);
  });

  it.each(['as it is', 'PERCENT SIGNS'])(
    'goes no further with a decoy over the edge of two parts of a file, %s',
    async (form) => {
      const { http, upstream, say, decoys, sightings } = await openWay();
      const { text, core } = decoys().key;
      const edge = text.indexOf(core) + core.length / 2;
      const [before, behind] = [text.slice(0, edge), text.slice(edge)].map((part) => FORMS[form]?.(part));
      const rest = Promise.withResolvers<string>();
      Object.assign(say, { text: `a,b\r\n${before}`, rest: rest.promise });
      const file = (await http.download(`${upstream.url}/x.csv`, signal)).getReader();
      expect((await file.read()).done).toBe(false);
      rest.resolve(behind ?? '');
      await expect(file.read()).rejects.toMatchObject(STOPPED);
      expect(sightings[0]).toEqual({ decoy: 'key', where: 'a file of WorkOS' });
    },
  );
});

it('a runtime with a lookout has such a way out, and hands it to where the tools run', async () => {
  const { killSwitch, lookout, say, upstream, decoys, sightings } = await openWay();
  say.text = `{"data":[{"name":"${decoys().token.text}"}]}`;
  const handed: unknown[] = [];
  const runtime = createRuntime({
    account: { baseUrl: upstream.url, apiKey: 'sk_test_key', name: 'Test', kind: 'sandbox' },
    policy: () => ({}),
    limits: { idleMs: 5_000, totalMs: 5_000 },
    observers: [],
    logger: keepingLogger(),
    executor: (surroundings) => {
      handed.push(surroundings.lookout);
      return inProcess(surroundings);
    },
    killSwitch,
    lookout,
  });
  const outcome = await runtime.invoke('list_directories', {}, AGENT);
  await runtime.close();
  expect(outcome).toMatchObject({ ok: false, error: STOPPED });
  expect(sightings[0]).toEqual({ decoy: 'token', where: 'an answer of WorkOS' });
  expect(handed).toEqual([lookout]);
});
