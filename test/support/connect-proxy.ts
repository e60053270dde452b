import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { Identity } from './certificates.ts';

/** What a proxy does with a CONNECT. */
export interface ProxyOptions {
  /** The local port every tunnel leads to, whatever was asked for. */
  readonly to?: number;
  /** Answers with this status instead of making a tunnel. */
  readonly refuse?: (request: IncomingMessage) => number | undefined;
  /** Sent right behind the answer, before anybody has spoken. */
  readonly early?: string;
  /** Makes it an https proxy. */
  readonly identity?: Identity;
}

/** A CONNECT proxy on 127.0.0.1; it ends with the test. */
export interface TestProxy {
  readonly port: number;
  readonly url: string;
  /** The CONNECT requests, as they came. */
  readonly asked: IncomingMessage[];
}

/** Starts a proxy that leads to a port of this machine. */
export async function startProxy({ to, refuse, early, identity }: ProxyOptions): Promise<TestProxy> {
  const asked: IncomingMessage[] = [];
  const open = new Set<Duplex>();
  const server = identity ? createSecureServer(identity) : createServer();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    asked.push(request);
    const status = refuse?.(request);
    if (status !== undefined || to === undefined) {
      client.end(`HTTP/1.1 ${status ?? 502} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = connect(to, '127.0.0.1', () => {
      client.write(`HTTP/1.1 200 OK\r\n\r\n${early ?? ''}`);
      client.pipe(target).pipe(client);
    });
    open.add(target);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `${identity ? 'https' : 'http'}://127.0.0.1:${port}`, asked };
}
