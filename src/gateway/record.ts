import { type Found, mergeFound } from '../privacy/found.ts';
import { toAppError } from '../shared/errors.ts';
import { isShallow } from '../shared/json.ts';
import type { Logger } from '../shared/logger.ts';
import type { ToolName } from '../tools/registry.ts';
import type { CallNotebook, CallNotes } from './call-notes.ts';
import { underNumber } from './call-number.ts';
import type { Caller } from './caller.ts';
import { MOST_LEVELS } from './check-input.ts';
import { isCleaned } from './cleaned.ts';
import type { Call, Covered, Step } from './steps.ts';

/** What is known of a finished call, refused ones included. Never holds arguments or results. */
export interface CallRecord {
  /** The number of the call in this process; every line of the log about it has it. */
  readonly call: number;
  readonly time: Date;
  readonly tool: ToolName;
  readonly caller: Caller;
  readonly ms: number;
  /** Size of the answer as JSON. */
  readonly bytes: number;
  /** `ok`, or the code of the error. */
  readonly status: string;
  /** What was covered in the result, shown or not: where and how often, never the values. */
  readonly covered?: readonly Found[];
  /** The result had text in it that third parties wrote. */
  readonly untrusted?: boolean;
}

/** What went in and came out. For measuring it, or for showing it to the person at this machine; never to be kept. */
export interface Payload {
  /** As it was given, before any check; `undefined` where it is nested too deeply to be written. */
  readonly input: unknown;
  /** The answer as JSON. */
  readonly shown: string;
  /** The result before it was shaped; absent where nothing was. */
  readonly whole?: unknown;
  /** Whether personal data and secrets are covered in both. */
  readonly redacted: boolean;
}

export type Observer = (record: CallRecord, payload: Payload) => void;

/** Told of a call before it runs, which it refuses by throwing an AppError. What it returns is told how the call ended, of its answer, and of what it asked on its way. */
export type BeforeCall = (
  call: Call,
  number: number,
) => Promise<(record: CallRecord, answer: unknown, notes: CallNotes) => void>;

/** Outermost step: whatever happens inside becomes an outcome and one record; an observer's failure stays its own. */
export function record(observers: readonly Observer[], logger: Logger, before?: BeforeCall): Step {
  return (next) => (given) =>
    underNumber(async (number, notes) => {
      const call = notingAnswers(given, notes);
      const time = new Date();
      const started = performance.now();
      let after: Awaited<ReturnType<BeforeCall>> | undefined;
      const run = async () => {
        after = await before?.(call, number);
        return next(call);
      };
      const outcome = await run().catch((thrown: unknown) => {
        const error = toAppError(thrown);
        if (error.code === 'INTERNAL') logger.error(`${call.tool.name}: ${describeCause(error.cause)}`);
        return { ok: false as const, error };
      });
      const ms = performance.now() - started;
      const answer = outcome.ok ? outcome.draft.value : outcome.error;
      const shown = JSON.stringify(answer) ?? '';
      const entry: CallRecord = {
        call: number,
        time,
        tool: call.tool.name,
        caller: call.caller,
        ms,
        bytes: Buffer.byteLength(shown),
        status: outcome.ok ? 'ok' : outcome.error.code,
        ...(outcome.ok && outcome.covered && { covered: allFound(outcome.covered) }),
        ...(outcome.ok && outcome.untrusted === true && { untrusted: true }),
      };
      const payload: Payload = {
        input: isShallow(call.input, MOST_LEVELS) ? call.input : undefined,
        shown,
        ...(outcome.ok && outcome.whole !== undefined && { whole: outcome.whole }),
        redacted: isCleaned(call),
      };
      const told = observers.map((observe) => () => observe(entry, payload));
      for (const tell of [() => after?.(entry, answer, notes), ...told]) {
        try {
          tell();
        } catch (thrown) {
          logger.error(`observer failed: ${describeCause(thrown)}`);
        }
      }
      return outcome;
    });
}

/** A call whose questions are noted, each with its answer; one that nobody answered is a no. */
function notingAnswers(call: Call, notes: CallNotebook): Call {
  const { caller, confirm } = call;
  if (confirm === undefined) return call;
  const by = caller.kind === 'agent' ? 'client' : caller.surface;
  return {
    ...call,
    confirm: async (question) => {
      let yes = false;
      try {
        yes = await confirm(question);
      } finally {
        notes.approval({ state: yes ? 'given' : 'denied', by });
      }
      return yes;
    },
  };
}

function allFound({ head, rows }: Covered): Found[] {
  return mergeFound([...head, ...rows.flat()]);
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause;
}
