import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { machineWith } from './machine.ts';
import { deadOrigin, SILENT, startUpstream } from './support.ts';

const KEY = 'sk_test_key';
const never = () => new AbortController().signal;
const httpFor = (baseUrl: string) => createHttp({ baseUrl, apiKey: KEY, logger: SILENT });
afterEach(() => void vi.useRealTimers());

describe('a download', () => {
  it('streams the file without the key', async () => {
    const upstream = await startUpstream((_request, response) => response.end('action\r\n'));
    const file = await httpFor(upstream.url).download(`${upstream.url}/x.csv?Signature=s`, never());
    expect(await new Response(file).text()).toBe('action\r\n');
    expect(upstream.seen).toHaveLength(1);
    expect(JSON.stringify(upstream.seen[0]?.headers)).not.toContain(KEY);
    expect(upstream.seen[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ['https://api.workos.com', 'https://api.workos.com/a.csv'],
    ['https://api.workos.com', 'http://exports.audit-logs.com/a.csv'],
    ['https://api.workos.com', 'https://exports.audit-logs.com.evil.example/a.csv'],
    ['https://api.workos.com', 'https://exports.audit-logs.com:8443/a.csv'],
    ['https://api.workos.com', 'https://exports.audit-logs.com@evil.example/a.csv'],
    ['https://api.workos.com', 'http://127.0.0.1/a.csv'],
    ['https://api.workos.com', 'http://169.254.169.254/latest/meta-data'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4001/a.csv'],
    ['http://127.0.0.1:4000', 'http://localhost:4000/a.csv'],
    ['http://127.0.0.1:4000', 'https://127.0.0.1:4000/a.csv'],
    ['http://127.0.0.1:4000', 'file:///etc/passwd'],
    ['http://127.0.0.1:4000', 'data:text/csv,action'],
  ])('for an account at %s is refused from %s', async (baseUrl, url) => {
    const machine = machineWith({ resolve: () => [] });
    const http = createHttp({ baseUrl, apiKey: KEY, logger: SILENT }, { machine });
    await expect(http.download(url, never())).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(machine.looked).toEqual([]);
  });

  it.each([403, 404, 500])(
    'answered with %i is an UPSTREAM_ERROR that says nothing of the body',
    async (status) => {
      const upstream = await startUpstream((_request, response) => {
        response.writeHead(status).end('<Error>secret</Error>');
      });
      const failure = httpFor(upstream.url).download(`${upstream.url}/a.csv`, never());
      await expect(failure).rejects.toMatchObject({
        code: 'UPSTREAM_ERROR',
        message: expect.stringContaining(`HTTP ${status}`) as string,
      });
      await expect(failure).rejects.not.toMatchObject({
        message: expect.stringContaining('secret') as string,
      });
    },
  );

  it('is NETWORK when nobody listens, and does not show the signed address', async () => {
    const origin = await deadOrigin();
    const failure = httpFor(origin).download(`${origin}/a.csv?Signature=signed`, never());
    await expect(failure).rejects.toMatchObject({ code: 'NETWORK' });
    const shown = await failure.catch((error: unknown) => JSON.stringify(error));
    expect(shown).not.toContain('signed');
  });

  it('is aborted at once while it connects, and its socket closed', async () => {
    const upstream = await startUpstream(() => undefined);
    const controller = new AbortController();
    const running = httpFor(upstream.url).download(`${upstream.url}/a.csv`, controller.signal);
    await vi.waitFor(() => expect(upstream.seen).toHaveLength(1));
    const closed = upstream.allClosed();
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await closed;
  });

  it('is aborted at once while it streams, and its socket closed', async () => {
    const upstream = await startUpstream((_request, response) => void response.write('action\r\n'));
    const controller = new AbortController();
    const file = await httpFor(upstream.url).download(`${upstream.url}/a.csv`, controller.signal);
    const reader = file.getReader();
    await reader.read();
    const closed = upstream.allClosed();
    controller.abort();
    await expect(reader.read()).rejects.toThrow(/abort/u);
    await closed;
  });

  it.each([
    ['before it is read', 0],
    ['while it is read', 1],
  ])('is given up %s, and its socket closed', async (_when, chunks) => {
    const upstream = await startUpstream((_request, response) => void response.write('action\r\n'));
    const file = await httpFor(upstream.url).download(`${upstream.url}/a.csv`, never());
    const closed = upstream.allClosed();
    const reader = file.getReader();
    for (let read = 0; read < chunks; read += 1) await reader.read();
    await reader.cancel();
    await expect(closed).resolves.toBeUndefined();
  });

  it('waits 15 s for the file to begin, and no longer', async () => {
    const upstream = await startUpstream(() => undefined);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const failure = httpFor(upstream.url).download(`${upstream.url}/a.csv`, never());
    const settled = vi.fn<() => void>();
    const watched = failure.catch(settled);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await watched;
    await expect(failure).rejects.toMatchObject({ code: 'NETWORK' });
  });
});
