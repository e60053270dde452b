import { AppError } from '../shared/errors.ts';

/** Why an isolate ended before its calls did. */
export type DeathCause = 'memory' | 'stuck' | 'protocol' | 'died' | 'start' | 'closed';

/** Each cause, in words that go on from a colon. */
export const WORDS: Readonly<Record<DeathCause, string>> = {
  memory: 'it took too much memory',
  stuck: 'it stopped answering',
  protocol: 'it broke the rules of its host',
  died: 'it ended unexpectedly, most likely out of memory',
  start: 'it could not be started',
  closed: 'it was closed',
};

const AGAIN = 'If it happens again, report it with the log.';
const LESS = `Ask for less (a filter, a smaller limit or a shorter range). ${AGAIN}`;
const HINTS: Readonly<Record<DeathCause, string>> = {
  memory: LESS,
  stuck: LESS,
  protocol: AGAIN,
  died: LESS,
  start: `Restart the server. ${AGAIN}`,
  closed: AGAIN,
};

/** What a call learns when its isolate ended under it. */
export class IsolateDeath extends Error {
  override readonly name = 'IsolateDeath';
  readonly why: DeathCause;
  /** Whether a request that must not be repeated had gone out for the call. */
  readonly sent: boolean;

  constructor(why: DeathCause, sent: boolean) {
    super(`the isolate is gone: ${WORDS[why]}`);
    this.why = why;
    this.sent = sent;
  }
}

/** The answer of a call whose isolate ended, and that is not run again. */
export function deathError(death: IsolateDeath, readOnly: boolean): AppError {
  if (death.sent) return outcomeUnknown(death);
  return new AppError(
    {
      code: 'INTERNAL',
      message: `The process that runs the tools was ended: ${WORDS[death.why]}.${readOnly ? '' : ' Nothing was changed.'}`,
      hint: HINTS[death.why],
    },
    { cause: death },
  );
}

/** The answer of a call while the isolate is left alone, since it keeps ending. */
export function crashing(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1_000);
  return new AppError({
    code: 'INTERNAL',
    message: `The process that runs the tools keeps ending, so it is not started again for ${seconds} s.`,
    hint: `Wait ${seconds} s before the next call, and ask for less. The person can look for the cause with "workos-mcp doctor" and in the log.`,
  });
}

/** The answer of a call nobody can tell the effect of. */
export function outcomeUnknown(cause: unknown): AppError {
  return new AppError(
    {
      code: 'OUTCOME_UNKNOWN',
      message: 'The process that made the request was ended: it may or may not have taken effect.',
      hint: 'Look before trying again: call list_workos_organizations to see whether it exists.',
    },
    { cause },
  );
}
