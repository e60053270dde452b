import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls';

let trusted: SecureContext | undefined;

/**
 * Whom certificates are checked against: Node's own authorities, those of the system, and NODE_EXTRA_CA_CERTS.
 * Read once, when the first connection is under way: it takes some 80 ms.
 */
export function systemTrust(): SecureContext {
  trusted ??= createSecureContext({
    ca: [...new Set([...rootCertificates, ...authorities('system'), ...authorities('extra')])],
  });
  return trusted;
}

/** Runtimes that can't read a store do without it. */
function authorities(store: 'system' | 'extra'): string[] {
  try {
    return getCACertificates(store);
  } catch {
    return [];
  }
}

/** How many authorities there are besides Node's own: of the system, and of NODE_EXTRA_CA_CERTS. */
export function trustedBesides(): { readonly system: number; readonly extra: number } {
  return { system: authorities('system').length, extra: authorities('extra').length };
}
