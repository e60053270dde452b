import { abortable } from '../shared/wait.ts';

interface Waiter {
  readonly signal: AbortSignal;
  readonly onWait: (message: string) => void;
}

interface Flight<T> {
  readonly work: Promise<T>;
  readonly abort: () => void;
  readonly waiters: Set<Waiter>;
}

export type Share<T> = (
  key: string,
  waiter: Waiter,
  start: (signal: AbortSignal, onWait: (message: string) => void) => Promise<T>,
) => Promise<T>;

/**
 * Lets concurrent callers of the same key share one piece of work. It is aborted only when the last of them
 * gives up, and each is told of its waits.
 */
export function createShare<T>(): Share<T> {
  const flights = new Map<string, Flight<T>>();
  const take: (...asked: Parameters<Share<T>>) => Flight<T> = (key, first, start) => {
    const controller = new AbortController();
    // The work may have something to tell before it has returned.
    const waiters = new Set([first]);
    const onWait = (message: string) => {
      for (const waiter of waiters) waiter.onWait(message);
    };
    let isDone = false;
    const leave = () => {
      if (flights.get(key)?.waiters === waiters) flights.delete(key);
    };
    const work = start(controller.signal, onWait).finally(() => {
      isDone = true;
      leave();
    });
    const flight = {
      work,
      waiters,
      abort: () => {
        leave();
        if (!isDone) controller.abort();
      },
    };
    flights.set(key, flight);
    return flight;
  };
  return async (key, waiter, start) => {
    const flight = flights.get(key) ?? take(key, waiter, start);
    flight.waiters.add(waiter);
    try {
      return await abortable(flight.work, waiter.signal);
    } finally {
      flight.waiters.delete(waiter);
      if (flight.waiters.size === 0) flight.abort();
    }
  };
}
