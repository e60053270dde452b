import { POLICY_DEFAULTS } from '../gateway/defaults.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Policy } from '../gateway/policy.ts';
import type { Observer } from '../gateway/record.ts';
import { requireLocked } from '../lock/check.ts';
import { DEFAULT_PROFILE, PROFILES } from '../privacy/policy.ts';
import { type Account, createRuntime } from '../runtime.ts';
import type { Logger } from '../shared/logger.ts';
import type { ToolName } from '../tools/registry.ts';
import { openCliTrail } from './audit-trail.ts';
import { accountFrom, policyFor, sampleAccountAt } from './account.ts';
import type { Flags } from './parse.ts';

const { withoutProgress, inAll } = POLICY_DEFAULTS.callSeconds;
/** In all, a call may take this many times as long as it may go without progress. */
const TOTAL_FACTOR = inAll / withoutProgress;

/** A gateway on the account the flags and the environment choose. */
export interface OpenGateway {
  readonly gateway: Gateway;
  readonly account: Account;
  readonly policy: Policy;
  /** Ends the sandbox, if there is one. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** The command that opens it. */
  readonly command: 'stdio' | 'serve' | 'call';
  readonly observers?: readonly Observer[];
  /** The one tool that will be called; default: any. */
  readonly only?: ToolName;
}

/** Opens the account, starting the embedded sandbox if asked to, once what is offered is known to be what was accepted. */
export async function openGateway(
  flags: Flags,
  logger: Logger,
  { command, observers = [], only }: OpenOptions,
): Promise<OpenGateway> {
  requireLocked({ pinned: flags.lock, only });
  const { account, close } = flags.sandbox ? await embedded() : external(logger);
  const policy = policyFor(account, flags);
  const idleMs = flags.timeout * 1000;
  const privacy = flags.privacy ?? DEFAULT_PROFILE;
  const writes = policy.readOnly === undefined;
  const rules = { ...POLICY_DEFAULTS, privacy, writes, callSeconds: flags.timeout };
  const { audit, trail } = await openCliTrail({ command, policy: rules, logger, ask: command !== 'stdio' });
  const gateway = createRuntime({
    account,
    policy: () => policy,
    privacy: () => PROFILES[privacy],
    limits: { idleMs, totalMs: idleMs * TOTAL_FACTOR },
    observers,
    logger,
    audit,
  });
  const end = async () => {
    await trail.close();
    await close();
  };
  return { gateway, account, policy, close: end };
}

async function embedded() {
  const { startSandbox } = await import('../sandbox/server.ts');
  const sandbox = await startSandbox();
  return { account: sampleAccountAt(sandbox), close: () => sandbox.close() };
}

function external(logger: Logger) {
  const { account, warnings } = accountFrom(process.env);
  for (const warning of warnings) logger.warn(warning);
  return { account, close: async () => undefined };
}
