import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Identity } from './certificates.ts';

/** An https server on 127.0.0.1 that ends with the test. */
export interface SecureUpstream {
  readonly port: number;
  readonly seen: IncomingMessage[];
  /** Connections made to it, whether or not anything was asked over them. */
  connections(): number;
}

/** What the API answers for an account without organizations. */
const EMPTY_LIST = '{"object":"list","data":[],"list_metadata":{"before":null,"after":null}}';

/** Starts it; without a listener it answers with an empty list. */
export async function startSecureUpstream(
  identity: Identity,
  listener: RequestListener = (_request, response) => void response.end(EMPTY_LIST),
): Promise<SecureUpstream> {
  const seen: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer(identity, (request, response) => {
    seen.push(request);
    listener(request, response);
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, seen, connections: () => connections };
}
