import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { newToken } from '../../../../src/mcp/http-guard.ts';
import { type HttpServer, startHttpServer } from '../../../../src/mcp/http.ts';
import { EndpointServer } from '../../../../src/vscode/endpoint/endpoint-server.ts';
import { gateway, logger, PROBE_MS, speaks, supervise } from './support.ts';

describe('EndpointServer', () => {
  it('starts one server, however many ask at once', async () => {
    const { endpoint, started, lost } = supervise();
    const [one, two] = await Promise.all([endpoint.get(), endpoint.get()]);
    expect(one).toBe(two);
    expect(await endpoint.get()).toBe(one);
    expect(started).toHaveLength(1);
    expect(lost.times).toBe(0);
    expect(await speaks(one)).toBe(200);
  });

  it('starts nothing before it is asked', async () => {
    const { endpoint, started } = supervise();
    await endpoint.check();
    expect(await endpoint.current()).toBeUndefined();
    expect(started).toHaveLength(0);
  });

  it('starts another one, with an address and a token of its own, when the first has died', async () => {
    const { endpoint, lost } = supervise();
    const first = await endpoint.get();
    await first.close();
    const second = await endpoint.get();
    expect(lost.times).toBe(1);
    expect(second.token).not.toBe(first.token);
    expect(await speaks(second)).toBe(200);
  });

  it('tells clients when a look finds it dead, and starts the next one when asked', async () => {
    const { endpoint, started, lost } = supervise();
    await (await endpoint.get()).close();
    await endpoint.check();
    expect(lost.times).toBe(1);
    expect(started).toHaveLength(1);
    expect(await speaks(await endpoint.get())).toBe(200);
    await endpoint.check();
    expect(lost.times).toBe(1);
  });

  it('notices at once that a server has gone, and tells clients', async () => {
    const { endpoint, lost } = supervise();
    await (await endpoint.get()).close();
    await expect.poll(() => lost.times).toBe(1);
    expect(await endpoint.current()).toBeUndefined();
  });

  it('does not take its own end for a loss', async () => {
    const { endpoint, lost } = supervise();
    const { closed } = await endpoint.get();
    await endpoint.close();
    await closed;
    await new Promise(setImmediate);
    expect(lost.times).toBe(0);
  });

  it('does not give up a healthy server because the window is busy', async () => {
    const { endpoint, lost } = supervise();
    const server = await endpoint.get();
    const busy = setInterval(() => {
      const end = performance.now() + 3 * PROBE_MS;
      while (performance.now() < end) continue;
    });
    await endpoint.check().finally(() => clearInterval(busy));
    expect(lost.times).toBe(0);
    expect(await endpoint.current()).toBe(server);
  });

  it.each([
    ['works on a call', true, 0],
    ['does nothing', false, 1],
  ])('that is silent and %s', async (_what, busy, times) => {
    const deaf = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const { port } = deaf.address() as AddressInfo;
    const silent: HttpServer = {
      url: `http://127.0.0.1:${port}/mcp`,
      token: '',
      changed: async () => undefined,
      busy: () => busy,
      closed: new Promise(() => undefined),
      close: async () => deaf.closeAllConnections(),
      stop: async () => deaf.closeAllConnections(),
    };
    const lost: string[] = [];
    const endpoint = new EndpointServer({
      start: async () => silent,
      logger,
      lost: () => void lost.push('lost'),
      recovered: () => undefined,
      probeMs: PROBE_MS,
    });
    await endpoint.get();
    await endpoint.check();
    expect(lost).toHaveLength(times);
    deaf.close();
  });

  it('does not take another server on the port for its own', async () => {
    const { endpoint, lost } = supervise();
    const first = await endpoint.get();
    await first.close();
    const { port } = new URL(first.url);
    const other = await startHttpServer({
      gateway,
      port: Number(port),
      token: newToken(),
      logger,
    });
    const second = await endpoint.get();
    expect(lost.times).toBe(1);
    expect(second.url).not.toBe(first.url);
    await other.close();
  });

  it('tries again after a start that failed', async () => {
    const { endpoint } = supervise({ times: 1 });
    await expect(endpoint.get()).rejects.toThrow('no port');
    expect(await speaks(await endpoint.get())).toBe(200);
  });

  it('starts nothing once it is closed', async () => {
    const { endpoint, started } = supervise();
    await endpoint.close();
    await expect(endpoint.get()).rejects.toThrow('closing');
    expect(started).toHaveLength(0);
  });
});
