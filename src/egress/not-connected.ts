import type { AppError } from '../shared/errors.ts';

/** No connection was made: nothing was sent, so the request had no effect. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
  /** Why, in words. */
  readonly error: AppError;
  /** True when another attempt may do better. */
  readonly passing: boolean;

  constructor(error: AppError, { passing, cause }: { passing: boolean; cause?: unknown }) {
    super(error.message, { cause });
    this.error = error;
    this.passing = passing;
  }
}
