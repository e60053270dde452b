import { afterAll } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.ts';

/** A sample account in the test's own process, and the environment that points the CLI at it. */
export interface TestAccount extends Sandbox {
  readonly env: { readonly WORKOS_API_KEY: string; readonly WORKOS_API_BASE_URL: string };
}

const open = new Set<Sandbox>();
afterAll(async () => {
  await Promise.all([...open].map((sandbox) => sandbox.close()));
});

/** Starts a sample account; it ends with the test file. Its `faults` and `requests` are the test's to use. */
export async function startAccount(options?: SandboxOptions): Promise<TestAccount> {
  const sandbox = await startSandbox(options);
  open.add(sandbox);
  return { ...sandbox, env: { WORKOS_API_KEY: sandbox.apiKey, WORKOS_API_BASE_URL: sandbox.url } };
}
