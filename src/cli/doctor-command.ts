import { homedir } from 'node:os';
import { openStateDir } from '../access/state-dir.ts';
import { checksOf } from '../doctor/checks.ts';
import { describeFindings, isHealthy } from '../doctor/describe.ts';
import { failureOf, runChecks } from '../doctor/run-checks.ts';
import { createHttp } from '../egress/http.ts';
import { ISOLATE_ARGUMENT } from '../isolate/argument.ts';
import { isolated } from '../isolate/isolated.ts';
import { VERSION } from '../mcp/version.ts';
import { API } from '../shared/api-origin.ts';
import { streamLogger } from '../shared/logger.ts';
import { proxyFromEnvironment } from '../shared/network.ts';
import { accountFrom } from './account.ts';
import { openDoctorLookout } from './doctor-lookout.ts';
import type { Flags } from './parse.ts';
import { print, printError } from './process.ts';

/** `workos-mcp doctor`: looks at everything a server needs. Exit status 1 if something fails. Changes nothing, unless it sees a decoy. */
export async function runDoctor({ lock, offline, json }: Flags, signal: AbortSignal): Promise<number> {
  const dir = openStateDir();
  const looking = openDoctorLookout(dir);
  const checks = checksOf({
    dir,
    places: { home: homedir(), platform: process.platform, env: process.env, project: process.cwd() },
    passphrase: process.env['WORKOS_MCP_PASSPHRASE'] ?? '',
    pinned: lock,
    assurance: assuranceOfTools,
    account: accountOrFault(),
    keyPlace: 'WORKOS_API_KEY',
    network: proxyFromEnvironment(process.env),
    lookout: looking.lookout,
    offline,
  });
  try {
    const findings = await runChecks(checks, { signal, offline });
    const healthy = isHealthy(findings);
    if (json) print(JSON.stringify({ version: VERSION, ok: healthy, findings }));
    else for (const line of describeFindings(findings)) print(line);
    return healthy ? 0 : 1;
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    printError('workos-mcp: cancelled.');
    return 1;
  } finally {
    await looking.close();
  }
}

/** The account of the environment variables, or what is wrong with them. */
function accountOrFault() {
  try {
    return accountFrom(process.env).account;
  } catch (thrown) {
    const fix = 'Correct the variable; "workos-mcp --help" says what it takes.';
    return { fault: { ...failureOf(thrown), fix } };
  }
}

/** Starts the process the tools run in as a server does, and ends it. */
async function assuranceOfTools(signal: AbortSignal): Promise<string> {
  const logger = streamLogger({ write: () => undefined });
  const http = createHttp({ baseUrl: API, apiKey: undefined, logger });
  const executor = isolated({ file: __filename, args: [ISOLATE_ARGUMENT] })({ baseUrl: API, http, logger });
  const end = () => void executor.close();
  signal.addEventListener('abort', end, { once: true });
  try {
    return await executor.assurance();
  } finally {
    signal.removeEventListener('abort', end);
    await executor.close();
  }
}
