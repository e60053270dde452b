import type { Network } from '../shared/network.ts';
import { throughProxy, type Machine } from './connect.ts';
import { MACHINE } from './http.ts';
import { NotConnected } from './not-connected.ts';
import type { Proxy } from './proxy.ts';
import { wayTo } from './ways.ts';

/** What an origin says to a request that asks for nothing in particular. */
export interface Probed {
  readonly status: number;
  /** The time it has; absent when it does not say. */
  readonly date: Date | undefined;
}

/** Asks an origin whether it is there, without a key, over the way that calls take. */
export async function probe(
  origin: URL,
  network: Network,
  signal: AbortSignal,
  machine: Machine = MACHINE,
): Promise<Probed> {
  const sent = { method: 'GET', headers: {}, maxBytes: 65_536, who: 'WorkOS', signal } as const;
  const { status, headers, body } = await wayTo(
    origin,
    network,
    machine,
  )(new URL('/', origin), sent).catch(inWords);
  body.destroy();
  const date = new Date(headers.get('date') ?? Number.NaN);
  return { status, date: Number.isNaN(date.getTime()) ? undefined : date };
}

/** Asks a proxy for a way to an origin, and goes no further. */
export async function probeProxy(origin: URL, proxy: Proxy, signal: AbortSignal): Promise<void> {
  const socket = await throughProxy(origin, proxy, MACHINE, signal).catch(inWords);
  socket.destroy();
}

/** Why there is no connection, for a person: the AppError; the system's code is kept as its cause. */
function inWords(thrown: unknown): never {
  throw thrown instanceof NotConnected ? thrown.error : thrown;
}
