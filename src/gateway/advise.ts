import { AppError, type ErrorCode } from '../shared/errors.ts';
import type { Step } from './steps.ts';

/** What to do about an error where this server runs, by its code. */
export type Advice = Readonly<Partial<Record<ErrorCode, string>>>;

/** Puts the advice of the host in place of the general one, which speaks of a server started from a terminal. */
export function advise(advice: Advice): Step {
  return (next) => (call) =>
    next(call).catch((thrown: unknown) => {
      const hint = thrown instanceof AppError ? advice[thrown.code] : undefined;
      if (hint === undefined || !(thrown instanceof AppError)) throw thrown;
      const { code, message, cause } = thrown;
      throw new AppError({ code, message, hint }, { cause });
    });
}
