import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpServer } from '../../../../src/mcp/http.ts';
import { EndpointServer } from '../../../../src/vscode/endpoint/endpoint-server.ts';
import { portOf, startEndpoint } from '../../../../src/vscode/endpoint/start-endpoint.ts';
import { startTokens } from '../../access/tokens-bench.ts';
import { keepingLogger } from '../../gateway/support.ts';
import { gateway, speaks } from './support.ts';

const open: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Another program at a port of this machine. */
async function occupy() {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  return { other, port: (other.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { other, port } = await occupy();
  other.close();
  await once(other, 'close');
  return port;
}

/** Starts an endpoint at a kept port; what it said about it. */
function starting(port: () => number, patienceMs?: number) {
  const log = keepingLogger();
  const taken = { times: 0 };
  const { gate } = startTokens().gate();
  const begin = async () => {
    const server = await startEndpoint({
      gateway,
      gate,
      logger: log,
      port: port(),
      portTaken: () => void (taken.times += 1),
      ...(patienceMs !== undefined && { patienceMs }),
    });
    open.push(server);
    return server;
  };
  return { begin, log, taken };
}

const QUIET = { lost: () => undefined, recovered: () => undefined };

describe('a kept port', () => {
  it('is that of the address, each time', async () => {
    const port = await freePort();
    const { begin, taken } = starting(() => port);
    const endpoint = new EndpointServer({ start: begin, logger: keepingLogger(), ...QUIET });
    const first = await endpoint.get();
    expect(portOf(first)).toBe(port);
    await endpoint.stop();
    const second = await endpoint.get();
    expect(second.url).toBe(first.url);
    expect(second.token).not.toBe(first.token);
    expect(await speaks(second)).toBe(200);
    expect(taken.times).toBe(0);
  });

  it('that another program has is told of, and another one taken', async () => {
    const { other, port } = await occupy();
    const { begin, taken, log } = starting(() => port, 0);
    const server = await begin();
    expect(portOf(server)).not.toBe(port);
    expect(await speaks(server)).toBe(200);
    expect(taken.times).toBe(1);
    expect(log.lines).toEqual([expect.stringMatching(new RegExp(`^warn .* ${port}: .*in use`, 'u'))]);
    other.close();
  });

  it('that is given back soon, as by this window before it was loaded anew, is waited for', async () => {
    const { other, port } = await occupy();
    const { begin, taken } = starting(() => port, 20_000);
    const server = begin();
    // By then it has been refused at least once.
    await sleep(300);
    other.close();
    expect(portOf(await server)).toBe(port);
    expect(taken.times).toBe(0);
  });

  it('that becomes another one ends the server elsewhere, and only that', async () => {
    let port = 0;
    const { begin } = starting(() => port);
    const endpoint = new EndpointServer({ start: begin, logger: keepingLogger(), ...QUIET });
    const first = await endpoint.get();
    expect(await endpoint.leaveFor(portOf(first))).toBe(false);
    expect(await endpoint.get()).toBe(first);
    port = await freePort();
    expect(await endpoint.leaveFor(port)).toBe(true);
    await expect(speaks(first)).rejects.toThrow('fetch failed');
    expect(portOf(await endpoint.get())).toBe(port);
  });
});
