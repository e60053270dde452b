import { StateError } from '../../access/state-error.ts';
import { AppError } from '../../shared/errors.ts';
import { tellStopped } from '../commands/kill-switch.ts';
import { tellError } from '../commands/tell-error.ts';

/** What the work answers; `undefined` when it can't be done, and the person has been told why. */
export async function attempt<T>(work: () => T | Promise<T>): Promise<{ readonly value: T } | undefined> {
  try {
    return { value: await work() };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'STOPPED') await tellStopped();
    else if (thrown instanceof AppError) await tellError(thrown, { again: false, log: false });
    else if (thrown instanceof StateError) await tellError(thrown.message, { again: false, log: false });
    else throw thrown;
    return undefined;
  }
}
