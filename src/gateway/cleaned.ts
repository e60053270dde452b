import { AppError } from '../shared/errors.ts';
import type { Call, Step } from './steps.ts';

/** A person sees their own account as it is, unless they ask for what an agent would see. */
export function isCleaned({ caller, redacted }: Call): boolean {
  return caller.kind === 'agent' || redacted === true;
}

/** The call with what is said while it runs, progress and questions, cleaned. */
export function withCleanWords(call: Call, clean: (text: string) => string): Call {
  const { progress, confirm } = call;
  return {
    ...call,
    progress: (step) => progress({ ...step, message: clean(step.message) }),
    ...(confirm && { confirm: (question) => confirm(clean(question)) }),
  };
}

/** Cleans errors of cleaned calls, wherever further in they were made. Of anything else thrown no text is shown. */
export function cleanErrors(clean: (text: string) => string): Step {
  const cleaned = ({ code, message, hint, cause }: AppError) =>
    new AppError(
      { code, message: clean(message), ...(hint !== undefined && { hint: clean(hint) }) },
      { cause },
    );
  return (next) => async (call) => {
    if (!isCleaned(call)) return next(call);
    const outcome = await next(call).catch((thrown: unknown) => {
      throw thrown instanceof AppError ? cleaned(thrown) : thrown;
    });
    return outcome.ok ? outcome : { ...outcome, error: cleaned(outcome.error) };
  };
}

/** What an answer is checked for, in the log and in words. */
export interface Check {
  readonly name: string;
  readonly of: string;
}

/** Does the work of a check; what could not be looked at is not shown. */
export function closed<T>(check: Check, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new AppError(
      {
        code: 'INTERNAL',
        message: `The answer could not be checked for ${check.of}, so it is withheld.`,
        hint: 'If the call was to change something, look whether it did before calling again. Report it with the log.',
      },
      // The text of the cause is logged, and could quote what was looked at.
      { cause: new Error(`${check.name} failed: ${thrown instanceof Error ? thrown.name : typeof thrown}`) },
    );
  }
}
