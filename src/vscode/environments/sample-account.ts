import { isLoopback } from '../../shared/api-origin.ts';
import { keyFault } from './api-key.ts';

/** Where the sample account answers, and under which key. */
export interface SampleAddress {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

/**
 * A sample account that a launcher runs beside this editor, so that both look at the same one: `npm start` sets
 * `WORKOS_MCP_SAMPLE_URL` (http on this machine only) and `WORKOS_MCP_SAMPLE_KEY` (a test key). It is then "the
 * sample account" here, and the active environment of a person who has not used any.
 */
export function hostedSample(env: Readonly<Record<string, string | undefined>>): SampleAddress | undefined {
  const { WORKOS_MCP_SAMPLE_URL: address = '', WORKOS_MCP_SAMPLE_KEY: apiKey = '' } = env;
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'http:' || !isLoopback(url)) return undefined;
  if (keyFault(apiKey, 'sandbox') !== undefined) return undefined;
  return { url: url.origin, apiKey, close: async () => undefined };
}

/** Starts the sample account inside this process. */
export async function embeddedSample(): Promise<SampleAddress> {
  const { startSandbox } = await import('../../sandbox/server.ts');
  return startSandbox();
}
