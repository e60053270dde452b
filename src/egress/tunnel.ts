import { ClientRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { oddProxy, proxyRefusal } from './connect-errors.ts';
import type { Proxy } from './proxy.ts';

/**
 * Asks a proxy, over a connection to it, for a way to `target` (`host:port`). The socket it answers with leads there;
 * what goes through is encrypted end to end. Throws NotConnected.
 */
export async function openTunnel(
  socket: Socket,
  { name, authorization }: Proxy,
  target: string,
  signal: AbortSignal,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<{ answer: IncomingMessage; early: Buffer }>();
  // Not `http.request`, which editors replace.
  const asking = new ClientRequest({
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...(authorization !== undefined && { 'proxy-authorization': authorization }) },
    createConnection: () => socket,
  });
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp);
  asking.on('connect', (answer, _socket, early) => resolve({ answer, early }));
  asking.on('error', reject);
  asking.end();
  try {
    const { answer, early } = await promise.catch((cause: unknown) => {
      throw oddProxy(name, cause);
    });
    const status = answer.statusCode ?? 0;
    if (status < 200 || status >= 300) throw proxyRefusal(name, target, status);
    // The other end of the tunnel waits for us to speak first.
    if (early.length > 0) throw oddProxy(name);
    return socket;
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
