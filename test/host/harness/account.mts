// A sample account in the test's own process: the extension works on it over real HTTP, the test looks behind it.
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';

/** A running account, and what makes the extension take it for its sample account. */
export interface HostAccount extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts it. Dispose it: `await using`. */
export async function startHostAccount(options?: SandboxOptions): Promise<HostAccount> {
  const sandbox = await startSandbox(options);
  return {
    sandbox,
    env: { WORKOS_MCP_SAMPLE_URL: sandbox.url, WORKOS_MCP_SAMPLE_KEY: sandbox.apiKey },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}
