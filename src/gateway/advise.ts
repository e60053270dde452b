import { AppError, type ErrorCode } from '../shared/errors.ts';
import type { Step } from './steps.ts';

/** What to do about an error where this server runs, by its code. */
export type Advice = Readonly<Partial<Record<ErrorCode, string>>>;

/** Puts the advice of the host in place of the general one, which speaks of a server started from a terminal. */
export function advise(advice: Advice): Step {
  const advised = ({ code, message, hint = '', cause }: AppError) =>
    new AppError({ code, message, hint: advice[code] ?? hint }, { cause });
  return (next) => async (call) => {
    const outcome = await next(call).catch((thrown: unknown) => {
      throw thrown instanceof AppError && advice[thrown.code] !== undefined ? advised(thrown) : thrown;
    });
    if (outcome.ok || advice[outcome.error.code] === undefined) return outcome;
    return { ...outcome, error: advised(outcome.error) };
  };
}
