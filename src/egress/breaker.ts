import { AppError, type ErrorDetails } from '../shared/errors.ts';

/** Keeps requests back while an API fails all of them. */
export interface Breaker {
  /** Lets a request through or throws the AppError to answer instead. Exactly one method of the pass is called. */
  enter(): Pass;
}

/** What became of a request. */
export interface Pass {
  readonly answered: () => void;
  readonly failed: (error: ErrorDetails) => void;
  /** It was given up, which says nothing about the API. */
  readonly givenUp: () => void;
}

/** After so many failures in a row, requests are kept back for `pauseMs`; then one at a time tries. */
export function createBreaker({ failures, pauseMs }: { failures: number; pauseMs: number }): Breaker {
  let inRow = 0;
  let last: ErrorDetails | undefined;
  let pausedUntil = 0;
  let trying = false;
  return {
    enter: () => {
      const trial = inRow >= failures;
      const left = pausedUntil - performance.now();
      if (trial && last !== undefined && (trying || left > 0))
        throw keptBack(last, inRow, Math.max(left, 1_000));
      if (trial) trying = true;
      const leave = () => {
        if (trial) trying = false;
      };
      return {
        givenUp: leave,
        answered: () => {
          leave();
          inRow = 0;
        },
        failed: (error) => {
          leave();
          inRow += 1;
          last = error;
          pausedUntil = performance.now() + pauseMs;
        },
      };
    },
  };
}

function keptBack({ code, message }: ErrorDetails, times: number, ms: number): AppError {
  const wait = Math.ceil(ms / 1_000);
  return new AppError({
    code,
    message: `WorkOS failed ${times} times in a row; asking again in ${wait} s. The last time: ${message}`,
    hint: `Wait ${wait} s, then make the call again.`,
  });
}
