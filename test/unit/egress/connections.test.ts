import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { createLimits } from '../../../src/egress/limits.ts';
import { createAuthority } from '../../support/certificates.ts';
import { startProxy } from '../../support/connect-proxy.ts';
import { startSecureUpstream } from '../../support/secure-upstream.ts';
import { machineWith } from './machine.ts';
import { postTo, requestTo, SILENT, startUpstream } from './support.ts';

const authority = createAuthority();
const httpTo = (baseUrl: string, proxy?: string) =>
  createHttp(
    { baseUrl, apiKey: 'sk_test_x', logger: SILENT, network: { proxy } },
    { machine: machineWith({ authority: authority.cert }), limits: createLimits() },
  );
afterEach(() => void vi.unstubAllEnvs());

/** A server that takes connections and says nothing. */
async function startMute() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { sockets, port: (server.address() as AddressInfo).port };
}

describe('connections', () => {
  it('are used again for reads, and each write gets its own', async () => {
    const ports: number[] = [];
    const upstream = await startUpstream((request, response) => {
      ports.push(request.socket.remotePort!);
      response.end('{}');
    });
    const http = httpTo(upstream.url);
    for (const make of [requestTo, requestTo, postTo, postTo, requestTo])
      await http.api(make(`${upstream.url}/a`));
    const [first, second, third, fourth, fifth] = ports;
    expect([second, fifth]).toEqual([first, first]);
    expect(new Set([first, third, fourth]).size).toBe(3);
  });

  it('to an https server of this machine are checked by name and authority', async () => {
    const upstream = await startSecureUpstream(authority.issue(['localhost']));
    const origin = `https://localhost:${upstream.port}`;
    expect(await httpTo(origin).api(requestTo(`${origin}/a`))).toMatchObject({ status: 200 });
  });

  it.each([
    ['out of date', authority.issue(['localhost'], { expired: true }), /out of date/u],
    ['for another name', authority.issue(['other.example']), /made out to another name/u],
    ['of nobody known', createAuthority().issue(['localhost']), /does not trust/u],
  ])(
    'with a certificate %s get no request, whatever NODE_TLS_REJECT_UNAUTHORIZED says',
    async (_what, identity, message) => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
      const upstream = await startSecureUpstream(identity);
      const origin = `https://localhost:${upstream.port}`;
      await expect(httpTo(origin).api(requestTo(`${origin}/a`))).rejects.toMatchObject({
        code: 'NETWORK',
        message: expect.stringMatching(message) as string,
      });
      expect(upstream.seen).toEqual([]);
      expect(upstream.connections()).toBe(1);
    },
  );

  it('to something that speaks no TLS end in words', async () => {
    const upstream = await startUpstream((_request, response) => response.end());
    const origin = upstream.url.replace('http://127.0.0.1', 'https://localhost');
    await expect(httpTo(origin).api(postTo(`${origin}/a`))).rejects.toMatchObject({
      code: 'NETWORK',
      message: expect.stringContaining('No TLS connection could be made') as string,
    });
  });
});

describe('giving up closes the connection', () => {
  it.each(['in the middle of the TLS handshake', 'while the proxy thinks'])('%s', async (where) => {
    const { sockets, port } = await startMute();
    const byProxy = where.includes('proxy');
    const origin = byProxy ? 'https://api.workos.com' : `https://localhost:${port}`;
    const http = httpTo(origin, byProxy ? `http://127.0.0.1:${port}` : undefined);
    const controller = new AbortController();
    const running = http.api(postTo(`${origin}/a`, { signal: controller.signal }));
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    const closed = once(sockets[0]!.resume(), 'close');
    controller.abort();
    // Nothing of the write was sent, so its outcome is no riddle.
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await closed;
  });

  it('through the tunnel, while the answer is awaited', async () => {
    const upstream = await startSecureUpstream(authority.issue(['api.workos.com']), () => undefined);
    const proxy = await startProxy({ to: upstream.port });
    const controller = new AbortController();
    const http = httpTo('https://api.workos.com', proxy.url);
    const running = http.api(requestTo('https://api.workos.com/a', { signal: controller.signal }));
    await vi.waitFor(() => expect(upstream.seen).toHaveLength(1));
    const closed = once(upstream.seen[0]!.socket, 'close');
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    await closed;
  });
});
