import { homedir } from 'node:os';
import { openStateDir } from '../access/state-dir.ts';
import { createTokens } from '../access/tokens.ts';
import { auditDirectory } from '../audit/directories.ts';
import { TRAIL_LIMITS } from '../audit/trail-limits.ts';
import { checkChain } from '../doctor/chain.ts';
import { checkClients } from '../doctor/clients.ts';
import { describeFindings, isHealthy } from '../doctor/describe.ts';
import type { Check } from '../doctor/finding.ts';
import { checkIsolate } from '../doctor/isolate.ts';
import { checkKey } from '../doctor/key.ts';
import { checkLock } from '../doctor/lock.ts';
import { checkNetwork } from '../doctor/network.ts';
import { checkNode } from '../doctor/node.ts';
import { checkProxy } from '../doctor/proxy.ts';
import { failureOf, runChecks } from '../doctor/run-checks.ts';
import { checkState } from '../doctor/state.ts';
import { checkTokens } from '../doctor/tokens.ts';
import { createHttp } from '../egress/http.ts';
import { ISOLATE_ARGUMENT } from '../isolate/argument.ts';
import { isolated } from '../isolate/isolated.ts';
import { VERSION } from '../mcp/version.ts';
import { API } from '../shared/api-origin.ts';
import { streamLogger } from '../shared/logger.ts';
import { proxyFromEnvironment } from '../shared/network.ts';
import { accountFrom } from './account.ts';
import type { Flags } from './parse.ts';
import { print, printError } from './process.ts';

/** `workos-mcp doctor`: looks at everything a server needs. Exit status 1 if something fails. Changes nothing. */
export async function runDoctor(flags: Flags, signal: AbortSignal): Promise<number> {
  const { offline, json } = flags;
  try {
    const findings = await runChecks([...localChecks(flags), ...remoteChecks(flags)], { signal, offline });
    const healthy = isHealthy(findings);
    if (json) print(JSON.stringify({ version: VERSION, ok: healthy, findings }));
    else for (const line of describeFindings(findings)) print(line);
    return healthy ? 0 : 1;
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    printError('workos-mcp: cancelled.');
    return 1;
  }
}

function localChecks({ lock }: Flags): readonly Check[] {
  const dir = openStateDir();
  const now = new Date();
  const places = { home: homedir(), platform: process.platform, env: process.env, project: process.cwd() };
  const { retentionMs } = TRAIL_LIMITS;
  const local = (name: string, run: Check['run']): Check => ({ name, remote: false, run });
  return [
    local('node', () => checkNode(process.versions)),
    local('state', () => checkState(dir)),
    local('audit trail', () => checkChain(auditDirectory(dir), { now, retentionMs })),
    local('lock', () => checkLock(lock)),
    local('tokens', () => checkTokens(createTokens(dir).list(), now)),
    local('clients', () => checkClients(places)),
    local('isolate', (signal) => checkIsolate(() => assuranceOfTools(signal))),
  ];
}

function remoteChecks({ offline }: Flags): readonly Check[] {
  const network = proxyFromEnvironment(process.env);
  const account = accountOrFault();
  const origin = new URL('fault' in account ? API : account.baseUrl);
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  return [
    {
      name: 'key',
      // Its form can be looked at all the same.
      remote: !offline,
      run: (signal) =>
        'fault' in account ? account.fault : checkKey({ ...account, network, offline }, signal),
    },
    { name: 'proxy', remote: true, run: (signal) => checkProxy(origin, network, process.env, signal) },
    { name: 'network', remote: true, run: (signal) => checkNetwork(origin, network, extra, signal) },
  ];
}

/** The account of the environment variables, or what is wrong with them. */
function accountOrFault() {
  try {
    return accountFrom(process.env).account;
  } catch (thrown) {
    return {
      fault: { ...failureOf(thrown), fix: 'Correct the variable; "workos-mcp --help" says what it takes.' },
    };
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
