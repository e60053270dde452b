import { createKillSwitch } from '../access/kill-switch.ts';
import { openStateDir } from '../access/state-dir.ts';
import type { AuditEvents } from '../audit/events.ts';
import { POLICY_DEFAULTS } from '../gateway/defaults.ts';
import { ISOLATE_ARGUMENT } from '../isolate/argument.ts';
import { isolated } from '../isolate/isolated.ts';
import type { Policy } from '../gateway/policy.ts';
import type { Observer } from '../gateway/record.ts';
import type { Meter } from '../metrics/meter.ts';
import { type LockCheck, LockRefusal, requireLocked } from '../lock/check.ts';
import { DEFAULT_PROFILE, PROFILES } from '../privacy/policy.ts';
import { type Account, createRuntime, type Runtime } from '../runtime.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import type { ToolName } from '../tools/registry.ts';
import { accountFrom, policyFor, sampleAccountAt } from './account.ts';
import { openGovernance } from './governance.ts';
import { networkFrom } from './network.ts';
import type { Flags } from './parse.ts';
import { recordDone } from './record-done.ts';
import { requireRunning } from './stopped.ts';

const { withoutProgress, inAll } = POLICY_DEFAULTS.callSeconds;
/** In all, a call may take this many times as long as it may go without progress. */
const TOTAL_FACTOR = inAll / withoutProgress;

/** A gateway on the account the flags and the environment choose. */
export interface OpenGateway {
  readonly gateway: Runtime;
  readonly account: Account;
  readonly policy: Policy;
  /** Fires when the person stops everything; its reason is a StoppedRefusal. */
  readonly stopped: AbortSignal;
  readonly meter: Meter;
  /** Records what happens besides calls. */
  readonly events: AuditEvents;
  /** Looks for decoys in what clients send. */
  readonly lookout: Lookout;
  /** Ends the process of the tools, the sandbox if there is one, and measuring. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** The command that opens it. */
  readonly command: 'stdio' | 'serve' | 'call';
  readonly observers?: readonly Observer[];
  /** The one tool that will be called; default: any. */
  readonly only?: ToolName;
}

/** Opens the account unless everything is stopped, starting the embedded sandbox if asked to, once what is offered is known to be what was accepted. */
export async function openGateway(
  flags: Flags,
  logger: Logger,
  { command, observers = [], only }: OpenOptions,
): Promise<OpenGateway> {
  const dir = openStateDir();
  const killSwitch = createKillSwitch(dir);
  const stopped = requireRunning(killSwitch);
  await requireLockedOrRecord(command, { pinned: flags.lock, only });
  const { account, network, close } = flags.sandbox ? await embedded() : external(logger);
  const policy = policyFor(account, flags);
  const idleMs = flags.timeout * 1000;
  const privacy = flags.privacy ?? DEFAULT_PROFILE;
  const writes = policy.readOnly === undefined;
  const rules = {
    ...POLICY_DEFAULTS,
    privacy,
    writes,
    approvals: flags.approvals,
    callSeconds: flags.timeout,
  };
  const ask = command !== 'stdio';
  const governance = await openGovernance({ dir, killSwitch, command, policy: rules, logger, ask });
  const { audit, events, meter, lookout, approvals, recovered } = governance;
  const gateway = createRuntime({
    account,
    network,
    policy: () => policy,
    privacy: () => PROFILES[privacy],
    limits: { idleMs, totalMs: idleMs * TOTAL_FACTOR },
    observers: [...observers, meter.observe],
    logger,
    killSwitch,
    lookout,
    approvals: { mode: () => flags.approvals, store: approvals },
    audit,
    // The bundle's own file.
    executor: isolated({ file: __filename, args: [ISOLATE_ARGUMENT], recovered }),
  });
  const end = async () => {
    killSwitch.close();
    await gateway.close();
    await governance.close();
    await close();
  };
  return { gateway, account, policy, stopped, meter, events, lookout, close: end };
}

/** Refuses as `requireLocked` does, and leaves a record of it. */
async function requireLockedOrRecord(command: string, check: LockCheck): Promise<void> {
  try {
    requireLocked(check);
  } catch (thrown) {
    if (thrown instanceof LockRefusal)
      await recordDone({ command: `${command} refused`, locked: 'key-file' }, (events) =>
        events.lockRefused(thrown.changes),
      );
    throw thrown;
  }
}

async function embedded() {
  const { startSandbox } = await import('../sandbox/server.ts');
  const sandbox = await startSandbox();
  return { account: sampleAccountAt(sandbox), network: {}, close: () => sandbox.close() };
}

function external(logger: Logger) {
  const { account, warnings } = accountFrom(process.env);
  for (const warning of warnings) logger.warn(warning);
  return { account, network: networkFrom(process.env), close: async () => undefined };
}
