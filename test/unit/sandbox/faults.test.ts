import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, startClient } from './support.ts';

let client: Client;

beforeEach(async () => {
  client = await startClient();
});
afterEach(() => client.sandbox.close());

describe('faults', () => {
  it('latency delays an answer and changes nothing in it', async () => {
    const before = await client.get('/organizations');
    client.sandbox.faults.set({ kind: 'latency', ms: 60, times: 1 });
    const started = performance.now();
    const slow = await client.get('/organizations');
    expect(performance.now() - started).toBeGreaterThanOrEqual(50);
    expect(slow.body).toEqual(before.body);
  });

  it('status answers in place of the account, as often as asked', async () => {
    const { faults } = client.sandbox;
    faults.set({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, times: 2 });
    const first = await client.get('/organizations');
    expect(first.status).toBe(429);
    expect(first.headers.get('retry-after')).toBe('1');
    expect(first.body).toEqual({ message: 'Too Many Requests' });
    expect((await client.get('/connections')).status).toBe(429);
    expect((await client.get('/organizations')).status).toBe(200);
    faults.set({ kind: 'status', status: 503 });
    const page = await client.get('/organizations');
    expect(page.status).toBe(503);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('<h1>503 Service Unavailable</h1>');
    expect(page.headers.get('x-request-id')).toMatch(/^req_/);
    faults.clear();
    faults.set({ kind: 'status', status: 500, body: 'boom', times: 1 });
    faults.set({ kind: 'status', status: 400, body: { code: 'odd', message: 'odd' }, times: 1 });
    expect((await client.get('/organizations')).text).toBe('boom');
    expect((await client.get('/organizations')).body).toEqual({ code: 'odd', message: 'odd' });
    expect((await client.get('/organizations')).status).toBe(200);
  });

  it('strikes only the requests it is for', async () => {
    client.sandbox.faults.set({
      kind: 'status',
      status: 418,
      match: ({ method, path, query }) =>
        method === 'GET' && path === '/organizations' && query.get('limit') === '3',
    });
    expect((await client.get('/organizations?limit=2')).status).toBe(200);
    expect((await client.get('/organizations?limit=3')).status).toBe(418);
    expect((await client.post('/organizations?limit=3', {})).status).toBe(422);
  });

  it('several are active at once', async () => {
    const { faults } = client.sandbox;
    faults.set({ kind: 'latency', ms: 30 });
    faults.set({ kind: 'latency', ms: 30 });
    faults.set({ kind: 'status', status: 502, times: 1 });
    const started = performance.now();
    expect((await client.get('/organizations')).status).toBe(502);
    expect(performance.now() - started).toBeGreaterThanOrEqual(50);
    expect((await client.get('/organizations')).status).toBe(200);
  });

  it('reset closes the socket and nothing takes effect', async () => {
    client.sandbox.faults.set({ kind: 'reset', times: 1 });
    const before = client.sandbox.account.organizations.length;
    await expect(client.post('/organizations', { name: 'Lost' })).rejects.toThrow('fetch failed');
    expect(client.sandbox.account.organizations).toHaveLength(before);
    expect(client.sandbox.requests.entries.at(-1)).toMatchObject({ method: 'POST', status: 0 });
  });

  it('reset-after closes the socket once the organization exists', async () => {
    client.sandbox.faults.set({ kind: 'reset-after', times: 1 });
    await expect(client.post('/organizations', { name: 'Kept' })).rejects.toThrow('fetch failed');
    expect(client.sandbox.account.organizations.at(-1)?.name).toBe('Kept');
    expect(client.sandbox.requests.count(({ method }) => method === 'POST')).toBe(1);
  });

  it('truncate ends in the middle of the body', async () => {
    const whole = (await client.get('/organizations')).text;
    client.sandbox.faults.set({ kind: 'truncate', times: 1 });
    const authorization = `Bearer ${client.sandbox.apiKey}`;
    const response = await fetch(`${client.sandbox.url}/organizations`, { headers: { authorization } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(whole)));
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('trickle sends the whole body in small parts', async () => {
    const { id } = client.organization('Nordwind Logistics');
    const path = `/organizations/${id}/audit_log_configuration`;
    const whole = (await client.get(path)).text;
    client.sandbox.faults.set({ kind: 'trickle', chunkMs: 2, times: 1 });
    const authorization = `Bearer ${client.sandbox.apiKey}`;
    const response = await fetch(client.sandbox.url + path, { headers: { authorization } });
    const parts: Buffer[] = [];
    for await (const part of response.body ?? []) parts.push(Buffer.from(part));
    expect(parts.length).toBeGreaterThan(1);
    expect(Buffer.concat(parts).toString()).toBe(whole);
  });

  it('empty-200-html is a page without content', async () => {
    client.sandbox.faults.set({ kind: 'empty-200-html', times: 1 });
    const { status, headers, text } = await client.get('/organizations');
    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/html; charset=utf-8', '']);
  });

  it('strike downloads too', async () => {
    const { id } = client.organization('Acme Corp');
    const range_start = new Date(Date.parse('2026-09-01')).toISOString();
    const range_end = new Date(Date.parse('2026-09-14')).toISOString();
    const { body } = await client.post('/audit_logs/exports', {
      organization_id: id,
      range_start,
      range_end,
    });
    client.sandbox.faults.exportDelayMs = 0;
    const { url } = (await client.get(`/audit_logs/exports/${body.id}`)).body;
    client.sandbox.faults.set({ kind: 'truncate', times: 1 });
    const cut = await fetch(url);
    await expect(cut.text()).rejects.toThrow('terminated');
    expect((await (await fetch(url)).text()).startsWith('action,occurred_at')).toBe(true);
  });
});

describe('the life of the sandbox', () => {
  it('close ends at once, whatever is under way', async () => {
    client.sandbox.faults.set({
      kind: 'latency',
      ms: 3_600_000,
      match: ({ path }) => path === '/connections',
    });
    client.sandbox.faults.set({ kind: 'trickle', chunkMs: 3_600_000 });
    const waiting = [client.get('/connections'), client.get('/organizations')];
    const outcomes = Promise.allSettled(waiting);
    while (client.sandbox.requests.count() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await client.sandbox.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await client.sandbox.close();
    await expect(fetch(client.sandbox.url)).rejects.toThrow('fetch failed');
  });

  it('logs requests without the key', async () => {
    await client.get('/organizations?limit=1', { 'X-Trace': 'abc' });
    await client.send('/organizations', {});
    const [first, second] = client.sandbox.requests.entries;
    expect(first).toMatchObject({ method: 'GET', path: '/organizations', authorization: true, status: 200 });
    expect(first?.query.get('limit')).toBe('1');
    expect(first?.headers).toContain('x-trace');
    expect(second).toMatchObject({ authorization: false, status: 401 });
    expect(JSON.stringify(client.sandbox.requests.entries)).not.toContain(client.sandbox.apiKey);
    client.sandbox.requests.clear();
    expect(client.sandbox.requests.count()).toBe(0);
  });

  it('listens on a port that is asked for, and says when it is taken', async () => {
    const port = Number(new URL(client.sandbox.url).port);
    await expect(startClient({ port })).rejects.toThrow(/EADDRINUSE/);
    await client.sandbox.close();
    const again = await startClient({ port });
    expect(again.sandbox.url).toBe(`http://127.0.0.1:${port}`);
    expect(again.sandbox.apiKey).not.toBe(client.sandbox.apiKey);
    await again.sandbox.close();
  });
});
