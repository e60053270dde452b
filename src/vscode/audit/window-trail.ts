import { hostname } from 'node:os';
import type { SecretStorage } from 'vscode';
import type { StateDir } from '../../access/state-dir.ts';
import { StateError } from '../../access/state-error.ts';
import { canonical, sha256 } from '../../audit/canonical.ts';
import { type AuditEvents, auditEvents } from '../../audit/events.ts';
import { type MasterKey, openMasterKey } from '../../audit/master-key.ts';
import { recordCalls, type Rules, userName } from '../../audit/record-calls.ts';
import { openTrail, type Trail } from '../../audit/trail.ts';
import type { BeforeCall } from '../../gateway/record.ts';
import { bundledLock } from '../../lock/bundled.ts';
import { VERSION } from '../../mcp/version.ts';
import type { Environment } from '../../tools/tool.ts';
import { lazyTrail } from './lazy-trail.ts';
import { secretKey, type SecretKeyOptions } from './secret-key.ts';

export interface WindowTrailOptions extends Omit<SecretKeyOptions, 'dir' | 'secrets'> {
  readonly dir: StateDir;
  readonly secrets: Pick<SecretStorage, 'get' | 'store'>;
  /** The settings that hold now; recorded as their digest. */
  readonly policy: () => object;
  /** Told in words for a log. */
  readonly warn: (message: string) => void;
  /** Told why, once, when nothing can be recorded any more. */
  readonly failed: (reason: string) => void;
}

/** The audit trail of this window's extension host. */
export interface WindowTrail {
  readonly trail: Trail;
  readonly events: AuditEvents;
  /** Records the calls of an environment. */
  readonly audit: (environment: Pick<Environment, 'id' | 'kind'>) => BeforeCall;
  /** Opens the master key, as for signing what is exported. Throws StateError. */
  readonly master: () => Promise<MasterKey>;
  /** Records that other settings hold than at the last look, if they do. */
  readonly policyMayHaveChanged: () => void;
  /** Records the end; nothing is recorded afterwards. */
  readonly close: () => Promise<void>;
}

/** Makes it; its file is made by the first call or event. */
export function openWindowTrail({ policy, warn, failed, ...options }: WindowTrailOptions): WindowTrail {
  const { dir } = options;
  const digest = () => sha256(canonical(policy()));
  const contract = sha256(canonical(bundledLock));
  const rules: Rules = { server: VERSION, contract, policy: digest };
  const store = secretKey(options);
  const master = () => openMasterKey(store);
  const open = async () => {
    try {
      return await openTrail({ dir, master, about: () => about(rules), warn, failed });
    } catch (thrown) {
      failed(thrown instanceof StateError ? thrown.message : String(thrown));
      throw thrown;
    }
  };
  const trail = lazyTrail(open);
  const events = auditEvents(trail);
  let known: string | undefined;
  return {
    trail,
    events,
    audit: (environment) => recordCalls(trail, environment, rules),
    master,
    policyMayHaveChanged: () => {
      const [from, to] = [known, digest()];
      known = to;
      if (from !== undefined && from !== to) void events.policy({ from, to });
    },
    close: () => trail.close(),
  };
}

function about({ server, contract, policy }: Rules) {
  return {
    server,
    contract,
    policy: policy(),
    os_user: userName(),
    host: hostname(),
    pid: process.pid,
    node: process.versions.node,
    command: 'vscode',
  };
}
