import type { Flags } from './parse.ts';
import { aborted, print } from './process.ts';

/** `workos-mcp sandbox`: only the sample API. */
export async function runSandbox(flags: Flags, signal: AbortSignal): Promise<number> {
  const { startSandbox } = await import('../sandbox/server.ts');
  const { port, organizations, users, json } = flags;
  const sandbox = await startSandbox({
    port,
    ...(organizations !== undefined && { organizations }),
    ...(users !== undefined && { users }),
  });
  if (json) print(JSON.stringify({ url: sandbox.url, api_key: sandbox.apiKey }));
  else {
    print('The sample WorkOS API is running. Ctrl+C stops it.\n');
    print(`  WORKOS_API_BASE_URL=${sandbox.url}`);
    print(`  WORKOS_API_KEY=${sandbox.apiKey}\n`);
    print(`Try it:  curl -H 'Authorization: Bearer ${sandbox.apiKey}' ${sandbox.url}/organizations`);
  }
  await aborted(signal);
  await sandbox.close();
  return 0;
}
