import { hostname } from 'node:os';
import { openStateDir, type StateDir } from '../access/state-dir.ts';
import { canonical, sha256 } from '../audit/canonical.ts';
import { auditDirectory } from '../audit/directories.ts';
import { type AuditEvents, auditEvents } from '../audit/events.ts';
import { hasVault, keyFile, vault } from '../audit/key-files.ts';
import { lastPolicy } from '../audit/last-policy.ts';
import { type MasterKey, openMasterKey } from '../audit/master-key.ts';
import { recordCalls, type Rules, userName } from '../audit/record-calls.ts';
import { openTrail, type Trail } from '../audit/trail.ts';
import type { BeforeCall } from '../gateway/record.ts';
import { bundledLock } from '../lock/bundled.ts';
import { VERSION } from '../mcp/version.ts';
import type { Logger } from '../shared/logger.ts';
import type { Environment } from '../tools/tool.ts';
import { askSecret, canAskSecret } from './ask-secret.ts';

const PASSPHRASE = 'WORKOS_MCP_PASSPHRASE';

/** The trail of a command, and what records the calls it makes, and what else happens. */
export interface CliTrail {
  readonly trail: Trail;
  readonly events: AuditEvents;
  readonly audit: (environment: Environment) => BeforeCall;
  /** Opens the master key, as for signing what is exported. */
  readonly master: () => Promise<MasterKey>;
}

export interface CliTrailOptions {
  readonly command: string;
  /** The settings that hold; recorded as their digest. */
  readonly policy: object;
  readonly logger: Logger;
  /** Whether the passphrase may be asked for: not where stdin is a protocol's. */
  readonly ask: boolean;
}

/** Opens the trail of this process. Throws WrongPassphrase; a disk that can't be written is only warned of. */
export async function openCliTrail({ command, policy, logger, ask }: CliTrailOptions): Promise<CliTrail> {
  const dir = openStateDir();
  const digest = sha256(canonical(policy));
  const rules: Rules = { server: VERSION, contract: sha256(canonical(bundledLock)), policy: () => digest };
  let opening: Promise<MasterKey> | undefined;
  const master = () => {
    opening ??= masterKey(dir, logger, ask).catch((thrown: unknown) => {
      opening = undefined;
      throw thrown;
    });
    return opening;
  };
  const trail = await openTrail({
    dir,
    master,
    about: () => ({
      ...rules,
      policy: digest,
      os_user: userName(),
      host: hostname(),
      pid: process.pid,
      node: process.versions.node,
      command,
    }),
    warn: (message) => logger.warn(message),
  });
  const events = auditEvents(trail);
  tellPolicyChange(dir, command, { trail, events, digest });
  return { trail, events, master, audit: (environment) => recordCalls(trail, environment, rules) };
}

/** Records that other rules hold than at the last start of the same command, if the trail knows one. */
function tellPolicyChange(
  dir: StateDir,
  command: string,
  { trail, events, digest }: { trail: Trail; events: AuditEvents; digest: string },
): void {
  const file = trail.file();
  if (file === undefined) return;
  const from = lastPolicy(auditDirectory(dir), command, file);
  if (from !== undefined && from !== digest) void events.policy({ from, to: digest });
}

/** True where the vault could only be opened by asking for its passphrase. */
export function passphraseIsMissing(dir: StateDir): boolean {
  return (process.env[PASSPHRASE] ?? '') === '' && hasVault(dir);
}

/** From the vault if there is a passphrase, else from the key file. */
async function masterKey(dir: StateDir, logger: Logger, ask: boolean): Promise<MasterKey> {
  const passphrase = await passphraseFor(dir, ask);
  if (passphrase !== '') return openMasterKey(vault(dir, passphrase));
  if (hasVault(dir))
    logger.warn(
      `The audit vault stays closed without ${PASSPHRASE}: records are signed under the key file, assurance local-user.`,
    );
  return openMasterKey(keyFile(dir));
}

async function passphraseFor(dir: StateDir, ask: boolean): Promise<string> {
  const given = process.env[PASSPHRASE] ?? '';
  // Processes that this one starts have no use for it.
  delete process.env[PASSPHRASE];
  if (given !== '' || !ask || !canAskSecret() || !hasVault(dir)) return given;
  return askSecret('Passphrase of the audit vault (empty to go on without): ');
}
