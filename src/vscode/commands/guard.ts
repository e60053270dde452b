import type { Handler } from './services.ts';

/** A handler whose failures are told once, in words for the log, and end there; leaving a question is none. */
export function guard(handler: Handler, failed: (cause: string) => void): Handler {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (thrown) {
      if (!isCancellation(thrown)) failed(describe(thrown));
      return undefined;
    }
  };
}

function isCancellation(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'Canceled';
}

/** With the cause below it: an error of ours keeps there what went wrong. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown.stack ?? `${thrown.name}: ${thrown.message}`;
  return thrown.cause === undefined ? own : `${own}\nCaused by ${describe(thrown.cause)}`;
}
