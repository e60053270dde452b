/** Every way a call can fail, by cause. Agents branch on these codes; they are part of the public contract. */
export type ErrorCode =
  | 'NO_API_KEY'
  | 'INVALID_API_KEY'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'AMBIGUOUS'
  | 'CONFLICT'
  | 'INVALID_INPUT'
  | 'INVALID_CURSOR'
  | 'READ_ONLY'
  | 'OUT_OF_SCOPE'
  | 'APPROVAL_REQUIRED'
  | 'STOPPED'
  | 'LOCK_MISMATCH'
  | 'AUDIT_UNAVAILABLE'
  | 'DECLINED'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'NETWORK'
  | 'UPSTREAM_ERROR'
  | 'BAD_RESPONSE'
  | 'OUTCOME_UNKNOWN'
  | 'CANCELLED'
  | 'INTERNAL';

export interface ErrorDetails {
  readonly code: ErrorCode;
  /** What happened, in our own words: never text of the upstream answer. */
  readonly message: string;
  /** What to do next, naming the tool to call where one helps. */
  readonly hint?: string;
}

/** The one error type that crosses rooms: made where the cause is understood, shown as it stands. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(details: ErrorDetails, options?: ErrorOptions) {
    super(details.message, options);
    this.code = details.code;
    this.hint = details.hint;
  }

  /** What a caller may see: `{code, message, hint?}`. */
  toJSON(): ErrorDetails {
    const { code, message, hint } = this;
    return hint === undefined ? { code, message } : { code, message, hint };
  }
}

/** Turns anything thrown into an AppError. Unknown errors keep their text in `cause` only, out of the caller's sight. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError(
    {
      code: 'INTERNAL',
      message: 'Something went wrong inside this server.',
      hint: 'Try again; if it happens again, report it with the log.',
    },
    { cause: thrown },
  );
}
