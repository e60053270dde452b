import { DEFAULT_PROFILE, type PrivacyPolicy, PROFILES } from '../privacy/policy.ts';
import type { AppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { type Output, type ToolName, tools } from '../tools/registry.ts';
import type { Draft, Tool } from '../tools/tool.ts';
import { type Advice, advise } from './advise.ts';
import type { Caller } from './caller.ts';
import { checkInput } from './check-input.ts';
import { limitTime, type TimeLimits } from './limit-time.ts';
import { admit, allows, type Policy } from './policy.ts';
import { publish } from './publish.ts';
import { type BeforeCall, type Observer, record } from './record.ts';
import { redact, redactErrors } from './redact.ts';
import { shape } from './shape.ts';
import { type Call, compose, type InvokeOptions } from './steps.ts';

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
  /** The tools the policy lets agents see, in the registry's order. */
  listTools(): readonly Tool<ToolName>[];
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
  /** Sees each call before it runs, and may refuse it. */
  readonly beforeCall?: BeforeCall | undefined;
}

type ToolTable = { readonly [N in ToolName]: Tool<N, unknown, Output<N>> };

/** Builds the gateway. The array below is the order of the steps, outermost first. */
export function createGateway(options: GatewayOptions): Gateway {
  const { run, policy, limits, observers, logger, advice = {} } = options;
  const privacy = options.privacy ?? (() => PROFILES[DEFAULT_PROFILE]);
  const through = compose(
    [
      record(observers, logger, options.beforeCall),
      redactErrors(privacy),
      advise(advice),
      publish,
      admit(policy),
      checkInput,
      shape,
      redact(privacy),
      limitTime(limits),
    ],
    async (call) => ({ ok: true, draft: await run(call) }),
  );
  const table: ToolTable = tools;
  return {
    listTools: () => Object.values(tools).filter((tool) => allows(policy(), tool)),
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
      // `publish` has checked it: parsing here only gives it its type.
      return outcome.ok ? { ok: true, value: tool.output.parse(outcome.draft.value) } : outcome;
    },
  };
}
