import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ApiRequest } from '../../../src/workos/transport.ts';
import type { Logger } from '../../../src/shared/logger.ts';

export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A read as the client sends it. */
export function requestTo(url: string, more: Partial<ApiRequest> = {}): ApiRequest {
  return {
    method: 'GET',
    url,
    repeatable: true,
    signal: new AbortController().signal,
    onWait: () => undefined,
    ...more,
  };
}

/** A write, which must not be repeated. */
export function postTo(url: string, more: Partial<ApiRequest> = {}): ApiRequest {
  return requestTo(url, { method: 'POST', body: '{"name":"Acme"}', repeatable: false, ...more });
}

export interface Upstream {
  readonly url: string;
  readonly seen: IncomingMessage[];
  /** Ends when the client has closed every connection made so far. */
  allClosed(): Promise<void>;
}

/** A server that behaves as the test says; it ends with the test. */
export async function startUpstream(answer: RequestListener): Promise<Upstream> {
  const seen: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    allClosed: async () => {
      await Promise.all([...sockets].map((socket) => new Promise((closed) => socket.on('close', closed))));
    },
  };
}

/** An origin nobody listens at. */
export async function deadOrigin(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
