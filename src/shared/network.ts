/** How connections to the account are made. */
export interface Network {
  /**
   * `direct`: over our own sockets, each checked when it is made. `editor`: with the editor's `fetch`, which knows
   * PAC files; origins and redirects are checked, addresses can't be.
   */
  readonly through?: 'direct' | 'editor' | undefined;
  /** URL of an HTTP proxy for https connections. */
  readonly proxy?: string | undefined;
  /** Hosts that are reached without the proxy: `example.com` (with all below it), `example.com:8443`, `*`. */
  readonly noProxy?: readonly string[] | undefined;
}

/** The proxy that the usual environment variables name; a lower-case one wins over its upper-case twin. */
export function proxyFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Pick<Network, 'proxy' | 'noProxy'> {
  const read = (name: string) =>
    environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || undefined;
  return { proxy: read('HTTPS_PROXY'), noProxy: read('NO_PROXY')?.split(/[\s,]+/u) ?? [] };
}

/** What is checked of each connection, in a sentence for people who have to rely on it. */
export function networkAssurance({ through, proxy }: Network): string {
  if (through === 'editor')
    return "WorkOS is reached with the editor's fetch: origins and redirects are checked, addresses are not.";
  return proxy === undefined
    ? 'WorkOS is reached directly: origin, address and certificate are checked before a request is sent.'
    : 'WorkOS is reached through a proxy: origin and certificate are checked, the address is up to the proxy.';
}
