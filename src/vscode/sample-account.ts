/** Where the sample account answers, and under which key. */
export interface SampleAddress {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * A sample account that a launcher runs beside this editor, so that both look at the same one: `npm start` sets
 * `WORKOS_MCP_SAMPLE_URL` (http on this machine only) and `WORKOS_MCP_SAMPLE_KEY`. It is then "the sample account"
 * here, and the active environment of a person who has not used any.
 */
export function hostedSample(env: Readonly<Record<string, string | undefined>>): SampleAddress | undefined {
  const { WORKOS_MCP_SAMPLE_URL: address = '', WORKOS_MCP_SAMPLE_KEY: apiKey = '' } = env;
  const url = URL.parse(address);
  if (url === null || apiKey === '' || url.protocol !== 'http:' || !LOOPBACK.has(url.hostname))
    return undefined;
  return { url: url.origin, apiKey, close: async () => undefined };
}

/** Starts the sample account inside this process. */
export async function embeddedSample(): Promise<SampleAddress> {
  const { startSandbox } = await import('../sandbox/server.ts');
  return startSandbox();
}
