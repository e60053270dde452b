import { parseProxy } from '../egress/proxy.ts';
import { type Network, proxyFromEnvironment } from '../shared/network.ts';
import { UsageError } from './parse.ts';

/** How the environment variables say to reach WorkOS: HTTPS_PROXY and NO_PROXY. */
export function networkFrom(environment: Readonly<Record<string, string | undefined>>): Network {
  const network = proxyFromEnvironment(environment);
  const proxy = network.proxy === undefined ? undefined : parseProxy(network.proxy);
  if (proxy !== undefined && 'fault' in proxy) throw new UsageError(`HTTPS_PROXY ${proxy.fault}.`);
  return network;
}
