import type { KillSwitch } from '../access/kill-switch.ts';
import type { TokenScope } from '../access/token-file.ts';
import { DEFAULT_PROFILE, type PrivacyPolicy, PROFILES } from '../privacy/policy.ts';
import type { AppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { type Output, type ToolName, tools } from '../tools/registry.ts';
import type { Draft, Tool } from '../tools/tool.ts';
import { type Advice, advise } from './advise.ts';
import { approve, type ApproveOptions } from './approve.ts';
import type { Caller } from './caller.ts';
import { checkDepth, checkInput } from './check-input.ts';
import { defuse, defuseErrors } from './defuse.ts';
import { firewall } from './firewall.ts';
import { limitTime, type TimeLimits } from './limit-time.ts';
import { lookForDecoys } from './look-for-decoys.ts';
import { admit, allows, type Policy } from './policy.ts';
import { isPublished, publish } from './publish.ts';
import { type BeforeCall, type Observer, record } from './record.ts';
import { redact, redactErrors } from './redact.ts';
import { shape } from './shape.ts';
import { type Call, compose, type InvokeOptions, type Step } from './steps.ts';
import { stop } from './stop.ts';

export type Outcome<O> =
  | { readonly ok: true; readonly value: O }
  | { readonly ok: false; readonly error: AppError };

/** The one way to a tool, for agents and people alike. Never throws. */
export type Invoke = <N extends ToolName>(
  tool: N,
  input: unknown,
  caller: Caller,
  options?: InvokeOptions,
) => Promise<Outcome<Output<N>>>;

export interface Gateway {
  readonly invoke: Invoke;
  /** The tools the policy, and the scope of a token, let agents see, in the registry's order. */
  listTools(scope?: TokenScope): readonly Tool<ToolName>[];
}

/** Runs a tool whose call has been admitted and checked; in this process or in another one. */
export type Runner = (call: Call) => Promise<Draft<unknown>>;

export interface GatewayOptions {
  readonly run: Runner;
  readonly policy: () => Policy;
  readonly limits: TimeLimits;
  readonly observers: readonly Observer[];
  readonly logger: Logger;
  readonly advice?: Advice;
  /** What is covered in results of agents. Read at each use, so a change holds at once. */
  readonly privacy?: () => PrivacyPolicy;
  /** Ends and refuses every call while it says so. */
  readonly killSwitch?: KillSwitch | undefined;
  /** Looks for decoys in what passes, on the way in and out. */
  readonly lookout?: Lookout | undefined;
  /** Which changes take a person's yes, and how they get it. */
  readonly approve?: ApproveOptions;
  /** Sees each call before it runs, and may refuse it. */
  readonly beforeCall?: BeforeCall | undefined;
}

type ToolTable = { readonly [N in ToolName]: Tool<N, unknown, Output<N>> };

/** The steps around a tool by name, in their order: the first is the outermost. */
export function createSteps(options: Omit<GatewayOptions, 'run'>): Readonly<Record<string, Step>> {
  const { policy, limits, observers, logger, advice = {} } = options;
  const privacy = options.privacy ?? (() => PROFILES[DEFAULT_PROFILE]);
  return {
    record: record(observers, logger, options.beforeCall),
    redactErrors: redactErrors(privacy),
    defuseErrors,
    advise: advise(advice),
    publish,
    stop: stop(options.killSwitch),
    lookForDecoys: lookForDecoys(options.lookout),
    checkDepth,
    admit: admit(policy),
    checkInput,
    approve: approve(options.approve),
    shape,
    redact: redact(privacy),
    defuse,
    firewall,
    limitTime: limitTime(limits),
  };
}

/** Builds the gateway over what runs a tool. */
export function createGateway({ run, ...options }: GatewayOptions): Gateway {
  const { policy } = options;
  const through = compose(Object.values(createSteps(options)), async (call) => ({
    ok: true,
    draft: await run(call),
  }));
  const table: ToolTable = tools;
  return {
    listTools: (scope) => Object.values(tools).filter((tool) => allows(policy(), tool, scope)),
    invoke: async (name, input, caller, { signal, progress, confirm, redacted } = {}) => {
      const tool = table[name];
      const outcome = await through({
        tool,
        input,
        caller,
        signal: signal ?? new AbortController().signal,
        progress: progress ?? (() => undefined),
        ...(confirm && { confirm }),
        ...(redacted && { redacted }),
      });
      if (!outcome.ok) return { ok: false, error: outcome.error };
      const { value } = outcome.draft;
      return { ok: true, value: isPublished(value, tool.output) ? value : tool.output.parse(value) };
    },
  };
}
