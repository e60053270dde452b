import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { createLimits } from '../../../src/egress/limits.ts';
import { postTo, requestTo, SILENT, startUpstream } from './support.ts';

const MB = 2 ** 20;
const httpTo = (baseUrl: string) =>
  createHttp({ baseUrl, apiKey: 'sk_test_x', logger: SILENT }, { limits: createLimits() });
const never = () => new AbortController().signal;

/** Only the size of what came, or the error: a failing test must not print megabytes. */
const outcome = (asked: Promise<{ text: string }>) =>
  asked.then(
    ({ text }) => text.length,
    (error: unknown) => error,
  );

/** A server that answers with so many megabytes, or until it is cut off; what it sent, in megabytes. */
async function startFlood(megabytes: number, headers: Record<string, string> = {}) {
  const chunk = Buffer.alloc(MB, 0x20);
  const sent = { megabytes: 0 };
  const upstream = await startUpstream((_request, response) => {
    response.writeHead(200, headers);
    const more = () => {
      if (sent.megabytes >= megabytes) return response.end('{}');
      sent.megabytes += 1;
      return response.write(chunk, () => more());
    };
    more();
  });
  return { ...upstream, sent };
}

describe('an answer of the API', () => {
  it('may have almost 16 MB', async () => {
    const { url } = await startFlood(15);
    expect(await outcome(httpTo(url).api(requestTo(`${url}/a`)))).toBe(15 * MB + 2);
  });

  it('that is larger is cut off, told, and not asked for again', async () => {
    const upstream = await startFlood(64);
    expect(await outcome(httpTo(upstream.url).api(requestTo(`${upstream.url}/a`)))).toMatchObject({
      code: 'BAD_RESPONSE',
      message: 'WorkOS answered with more than 16 MB.',
    });
    await upstream.allClosed();
    expect(upstream.seen).toHaveLength(1);
    expect(upstream.sent.megabytes).toBeLessThan(64);
  });

  it('that is larger leaves it open what became of a write', async () => {
    const { url } = await startFlood(20);
    expect(await outcome(httpTo(url).api(postTo(`${url}/a`)))).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it('may be packed', async () => {
    const upstream = await startUpstream((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"data":[]}')),
    );
    expect((await httpTo(upstream.url).api(requestTo(`${upstream.url}/a`))).text).toBe('{"data":[]}');
    expect(upstream.seen[0]!.headers['accept-encoding']).toBe('gzip');
  });

  it('that is small but unpacks to too much is cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * MB));
    expect(bomb.length).toBeLessThan(MB);
    const upstream = await startUpstream((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(await outcome(httpTo(upstream.url).api(requestTo(`${upstream.url}/a`)))).toMatchObject({
      code: 'BAD_RESPONSE',
      message: expect.stringContaining('16 MB') as string,
    });
  });

  it('in another encoding is refused', async () => {
    const upstream = await startUpstream((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'br' }).end('x'),
    );
    expect(await outcome(httpTo(upstream.url).api(requestTo(`${upstream.url}/a`)))).toMatchObject({
      code: 'BAD_RESPONSE',
      message: 'WorkOS answered in an encoding nobody asked for.',
    });
    expect(upstream.seen).toHaveLength(1);
  });
});

describe('an export', () => {
  it('that is too large is cut off at 256 MB', { timeout: 60_000 }, async () => {
    const upstream = await startFlood(320);
    const file = await httpTo(upstream.url).download(`${upstream.url}/a.csv`, never());
    let bytes = 0;
    const read = async () => {
      for await (const chunk of file) bytes += chunk.byteLength;
    };
    await expect(read()).rejects.toMatchObject({
      code: 'BAD_RESPONSE',
      message: 'The export host answered with more than 256 MB.',
    });
    expect(bytes).toBeLessThanOrEqual(256 * MB);
    expect(bytes).toBeGreaterThan(200 * MB);
    await upstream.allClosed();
  });
});
