import { isLoopback } from '../shared/api-origin.ts';
import { AppError } from '../shared/errors.ts';
import type { Network } from '../shared/network.ts';
import type { Machine } from './connect.ts';
import { createDirectExchange } from './direct.ts';
import { editorExchange } from './editor.ts';
import type { Exchange } from './exchange.ts';
import { isExempt, parseProxy, type Proxy } from './proxy.ts';

/** The way to one origin: loopback stays on this machine, everything else is https, by proxy where there is one. */
export function wayTo(origin: URL, network: Network, machine: Machine): Exchange {
  if (isLoopback(origin))
    return createDirectExchange({ origin, reach: 'loopback', proxy: undefined }, machine);
  if (origin.protocol !== 'https:') throw unusable('Only https connections leave this machine.');
  if (network.through === 'editor') return editorExchange;
  return createDirectExchange({ origin, reach: 'public', proxy: proxyFor(origin, network) }, machine);
}

function proxyFor(origin: URL, network: Network): Proxy | undefined {
  if (network.proxy === undefined || isExempt(origin, network)) return undefined;
  const proxy = parseProxy(network.proxy);
  if ('fault' in proxy) throw unusable(`The address of the proxy ${proxy.fault}.`);
  return proxy;
}

function unusable(message: string): AppError {
  return new AppError({ code: 'NETWORK', message, hint: 'Correct the network settings of this server.' });
}
