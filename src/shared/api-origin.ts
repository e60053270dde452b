/** Origin of the real API. */
export const API = 'https://api.workos.com';

/** Host names of this machine, as `URL` writes them. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** True for an address on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.has(hostname);
}
