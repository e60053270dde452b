import type { StateDir } from '../access/state-dir.ts';
import { createTokens } from '../access/tokens.ts';
import { auditDirectory } from '../audit/directories.ts';
import { TRAIL_LIMITS } from '../audit/trail-limits.ts';
import { API } from '../shared/api-origin.ts';
import type { Lookout } from '../shared/lookout.ts';
import type { Network } from '../shared/network.ts';
import { checkChain } from './chain.ts';
import type { Places } from './client-files.ts';
import { checkClients } from './clients.ts';
import type { Check, Verdict } from './finding.ts';
import { checkIsolate } from './isolate.ts';
import { checkKey } from './key.ts';
import { checkLock } from './lock.ts';
import { checkNetwork } from './network.ts';
import { checkNode } from './node.ts';
import { checkProxy } from './proxy.ts';
import { checkState, checkStopped } from './state.ts';
import { checkTokens } from './tokens.ts';
import { checkVault } from './vault.ts';

/** What is looked at: this program as it is set up on this machine. */
export interface Installation {
  readonly dir: StateDir;
  readonly places: Places;
  /** Of the audit vault, empty if none is set; left out where the vault is not used. */
  readonly passphrase?: string;
  /** A lockfile of the person's own. */
  readonly pinned: string | undefined;
  /** Starts the process the tools run in, and says what keeps it apart. */
  readonly assurance: (signal: AbortSignal) => Promise<string>;
  /** The account, or why there is none. */
  readonly account:
    | { readonly baseUrl: string; readonly apiKey: string | undefined }
    | { readonly fault: Verdict };
  /** Where its key is kept, for a person who has to change it. */
  readonly keyPlace: string;
  readonly network: Network;
  /** Looks for decoys in what goes out and comes in under the key; `undefined` where none were ever kept. */
  readonly lookout: Lookout | undefined;
  /** Leaves out what goes over the network. */
  readonly offline: boolean;
}

/** Everything a server needs, that of this machine first. */
export function checksOf(installation: Installation): readonly Check[] {
  return [...localChecks(installation), ...remoteChecks(installation)];
}

function localChecks({ dir, places, passphrase, pinned, assurance }: Installation): readonly Check[] {
  const now = new Date();
  const { retentionMs } = TRAIL_LIMITS;
  const local = (name: string, run: Check['run']): Check => ({ name, remote: false, run });
  return [
    local('node', () => checkNode(process.versions)),
    local('state', () => checkState(dir)),
    local('stopped', () => checkStopped(dir)),
    local('audit trail', () => checkChain(auditDirectory(dir), { now, retentionMs })),
    ...(passphrase === undefined ? [] : [local('vault', () => checkVault(dir, passphrase))]),
    local('lock', () => checkLock(pinned)),
    local('tokens', () => checkTokens(() => createTokens(dir).list(), now)),
    local('clients', () => checkClients(places, dir)),
    local('isolate', (signal) => checkIsolate(() => assurance(signal))),
  ];
}

function remoteChecks(installation: Installation): readonly Check[] {
  const { dir, account, places, network, offline } = installation;
  const origin = new URL('fault' in account ? API : account.baseUrl);
  const extra = places.env['NODE_EXTRA_CA_CERTS'];
  return [
    {
      name: 'key',
      // Its form can be looked at all the same.
      remote: !offline,
      run: (signal) =>
        'fault' in account ? account.fault : checkKey({ ...installation, ...account, dir }, signal),
    },
    { name: 'proxy', remote: true, run: (signal) => checkProxy(origin, network, places.env, signal) },
    { name: 'network', remote: true, run: (signal) => checkNetwork(origin, network, extra, signal) },
  ];
}
