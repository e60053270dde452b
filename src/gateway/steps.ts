import type { Found } from '../privacy/found.ts';
import type { ToolName } from '../tools/registry.ts';
import type { Draft, Progress, Tool } from '../tools/tool.ts';
import type { AppError } from '../shared/errors.ts';
import type { Caller } from './caller.ts';

/** What a caller may hand in with a call, besides the input. */
export interface InvokeOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
  /** Asks the person behind the client; absent when the client can't. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** A person's call: covers what is covered for agents. */
  readonly redacted?: boolean;
}

/** A call on its way through the steps. */
export interface Call {
  readonly tool: Tool<ToolName>;
  readonly input: unknown;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
  readonly confirm?: (question: string) => Promise<boolean>;
  readonly redacted?: boolean;
}

/** What was covered in a result: in its head, and per row. */
export interface Covered {
  readonly head: readonly Found[];
  readonly rows: readonly (readonly Found[])[];
}

export type StepOutcome =
  | {
      readonly ok: true;
      readonly draft: Draft<unknown>;
      readonly covered?: Covered;
      /** It holds text that third parties wrote. */
      readonly untrusted?: boolean;
    }
  | Failure;
export interface Failure {
  readonly ok: false;
  readonly error: AppError;
  /** It quotes text that third parties wrote. */
  readonly untrusted?: boolean;
}

export type Next = (call: Call) => Promise<StepOutcome>;
/** One concern around a call. Throwing an AppError refuses the call; the outermost step turns it into a Failure. */
export type Step = (next: Next) => Next;

/** Chains steps in reading order: the first is the outermost. */
export function compose(steps: readonly Step[], last: Next): Next {
  return steps.reduceRight((next, step) => step(next), last);
}
