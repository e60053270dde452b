import { AppError } from './errors.ts';

/** The reason a signal was aborted for, as an AppError: our own reasons pass, a caller's becomes CANCELLED. */
export function abortError(signal: AbortSignal): AppError {
  if (signal.reason instanceof AppError) return signal.reason;
  return new AppError({ code: 'CANCELLED', message: 'The call was cancelled.' }, { cause: signal.reason });
}

/** A signal that aborts with the first of those given, until it is let go. */
export interface Joined {
  readonly signal: AbortSignal;
  readonly letGo: () => void;
}

/** As AbortSignal.any, for work whose end is known: what that one makes outlives many calls before it is collected. */
export function join(...signals: readonly AbortSignal[]): Joined {
  const both = new AbortController();
  const heard = signals.map((signal) => {
    const pass = () => both.abort(signal.reason);
    if (signal.aborted) pass();
    else signal.addEventListener('abort', pass, { once: true });
    return () => signal.removeEventListener('abort', pass);
  });
  return { signal: both.signal, letGo: () => heard.forEach((forget) => forget()) };
}

/** Settles with the work, or rejects with the signal's reason the moment it aborts. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const fail = () => aborted.reject(abortError(signal));
  if (signal.aborted) fail();
  else signal.addEventListener('abort', fail, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } catch (thrown) {
    throw signal.aborted ? abortError(signal) : thrown;
  } finally {
    signal.removeEventListener('abort', fail);
    // The loser of the race may still reject; nobody is listening any more.
    work.catch(() => undefined);
  }
}

/** Waits, unless the signal aborts first. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const handle = setTimeout(resolve, ms);
  return abortable(promise, signal).finally(() => clearTimeout(handle));
}
