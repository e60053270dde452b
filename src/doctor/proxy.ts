import { probeProxy } from '../egress/probe.ts';
import { isExempt, parseProxy } from '../egress/proxy.ts';
import { isLoopback } from '../shared/api-origin.ts';
import type { Network } from '../shared/network.ts';
import type { Verdict } from './finding.ts';

/** Variables that other programs look at, and this one does not. */
const OTHERS = ['HTTP_PROXY', 'ALL_PROXY'] as const;

type Variables = Readonly<Record<string, string | undefined>>;

/** Asks the proxy, where there is one, for a way to the API. */
export async function checkProxy(
  origin: URL,
  network: Network,
  environment: Variables,
  signal: AbortSignal,
): Promise<Verdict> {
  if (network.through === 'editor') return { status: 'skip', found: "the editor's fetch knows the proxy" };
  if (network.proxy === undefined) return withoutProxy(environment);
  const proxy = parseProxy(network.proxy);
  if ('fault' in proxy)
    return {
      status: 'fail',
      found: `its address ${proxy.fault}`,
      fix: 'Correct HTTPS_PROXY: http://host:port.',
    };
  const { name, secure } = proxy;
  if (isLoopback(origin)) return { status: 'ok', found: `${name}, not used for this machine` };
  if (isExempt(origin, network))
    return { status: 'ok', found: `${name}, not used: NO_PROXY names ${origin.hostname}` };
  await probeProxy(origin, proxy, signal);
  return { status: 'ok', found: `${name}${secure ? ' (TLS)' : ''} makes a way to ${origin.hostname}` };
}

function withoutProxy(environment: Variables): Verdict {
  const set = OTHERS.find((name) => environment[name] ?? environment[name.toLowerCase()]);
  if (set === undefined) return { status: 'ok', found: 'none' };
  const found = `none: ${set} is set, but https goes by HTTPS_PROXY`;
  return { status: 'warn', found, fix: 'If WorkOS is reached by that proxy, name it in HTTPS_PROXY, too.' };
}
