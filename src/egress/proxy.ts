import type { Network } from '../shared/network.ts';

/** An HTTP proxy, as its URL names it. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
  /** True when the connection to the proxy itself is TLS. */
  readonly secure: boolean;
  /** Value of Proxy-Authorization. */
  readonly authorization: string | undefined;
  /** `host:port`, to be shown: no password in it. */
  readonly name: string;
}

/** Understands a proxy URL, or says in words what is wrong with it. Without a scheme it is http. */
export function parseProxy(text: string): Proxy | { readonly fault: string } {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url === null || url.hostname === '') return { fault: 'is not a URL' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { fault: 'must start with http:// or https://' };
  const credentials = decoded(`${url.username}:${url.password}`);
  if (credentials === undefined) return { fault: 'has a user name or password with a stray %' };
  const secure = url.protocol === 'https:';
  const port = Number(url.port) || (secure ? 443 : 80);
  return {
    host: bareHost(url),
    port,
    secure,
    authorization:
      credentials === ':' ? undefined : `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`,
    name: `${url.hostname}:${port}`,
  };
}

/** True when the network's exceptions say that an origin is reached without the proxy. */
export function isExempt(origin: URL, { noProxy = [] }: Network): boolean {
  const port = origin.port || '443';
  return noProxy.some((entry) => {
    const [, name = '', only = port] = /^(.+?)(?::(\d+))?$/u.exec(entry.trim().toLowerCase()) ?? [];
    if (only !== port) return false;
    if (name === '*') return true;
    const suffix = name.replace(/^\*?\./u, '');
    return suffix !== '' && (origin.hostname === suffix || origin.hostname.endsWith(`.${suffix}`));
  });
}

/** The host of a URL as sockets want it: IPv6 without brackets. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/gu, '');
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
