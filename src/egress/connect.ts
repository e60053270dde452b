import { isIP, Socket } from 'node:net';
import { connect as startTls, type SecureContext } from 'node:tls';
import { connectError } from './connect-errors.ts';
import { guardedLookup, type Lookup, mayReach, outOfReach, type Reach } from './guard.ts';
import { bareHost, type Proxy } from './proxy.ts';
import { openTunnel } from './tunnel.ts';

/** What a connection takes from the machine: names, and whom to trust. */
export interface Machine {
  readonly lookup: Lookup;
  readonly trust: () => SecureContext;
}

/** An origin, the addresses it may have, and the proxy on the way to it. */
export interface Route {
  readonly origin: URL;
  readonly reach: Reach;
  readonly proxy: Proxy | undefined;
}

/** Opens a checked connection on which nothing of a request has been written yet. Throws NotConnected. */
export async function connect(route: Route, machine: Machine, signal: AbortSignal): Promise<Socket> {
  const { origin, reach, proxy } = route;
  const host = bareHost(origin);
  // Through a proxy, names are looked up there; a literal address is known here as well.
  if (isIP(host) !== 0 && !mayReach(host, reach)) throw outOfReach(host, reach);
  const port = portOf(origin);
  const raw =
    proxy === undefined
      ? await dial({ host, port, who: origin.host }, reach, machine, signal)
      : await throughProxy(origin, proxy, machine, signal);
  return origin.protocol === 'https:' ? encrypt(raw, { host, who: origin.host }, machine, signal) : raw;
}

/** Opens a way through a proxy, on which nothing is encrypted yet. Throws NotConnected. */
export async function throughProxy(
  origin: URL,
  proxy: Proxy,
  machine: Machine,
  signal: AbortSignal,
): Promise<Socket> {
  return openTunnel(
    await toProxy(proxy, machine, signal),
    proxy,
    `${origin.hostname}:${portOf(origin)}`,
    signal,
  );
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80);
}

async function toProxy(proxy: Proxy, machine: Machine, signal: AbortSignal): Promise<Socket> {
  const { host, port, secure, name } = proxy;
  const who = `the proxy ${name}`;
  const socket = await dial({ host, port, who }, 'any', machine, signal);
  return secure ? encrypt(socket, { host, who }, machine, signal) : socket;
}

/** Not with `net.connect`: editors replace that function, but not the class. */
async function dial(
  { host, port, who }: { host: string; port: number; who: string },
  reach: Reach,
  { lookup }: Machine,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = new Socket();
  const connected = established(socket, 'connect', who, signal);
  socket.connect({ host, port, autoSelectFamily: true, noDelay: true, lookup: guardedLookup(reach, lookup) });
  await connected;
  // Whatever the lookup said: this is where the connection went.
  if (mayReach(socket.remoteAddress, reach)) return socket;
  socket.destroy();
  throw outOfReach(host, reach);
}

async function encrypt(
  socket: Socket,
  { host, who }: { host: string; who: string },
  { trust }: Machine,
  signal: AbortSignal,
): Promise<Socket> {
  const encrypted = startTls({
    socket,
    host,
    servername: isIP(host) === 0 ? host : '',
    secureContext: trust(),
    ALPNProtocols: ['http/1.1'],
    // Said aloud, so that no environment variable turns it off.
    rejectUnauthorized: true,
  });
  await established(encrypted, 'secureConnect', who, signal);
  return encrypted;
}

/** Resolves at the event; a socket that fails or is given up before is destroyed. */
async function established(socket: Socket, event: string, who: string, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const giveUp = () => reject(signal.reason);
  socket.once(event, () => resolve());
  // Stays: a socket that waits for its request must not end the process when it breaks.
  socket.on('error', reject);
  socket.once('close', reject);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    await promise;
  } catch (cause) {
    socket.destroy();
    throw connectError(who, cause);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
