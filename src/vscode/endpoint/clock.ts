/** Time, as far as this extension needs it. */
export interface Clock {
  now(): number;
  /** Calls back again and again; the result ends it. */
  every(ms: number, look: () => void): () => void;
}

/** The time of day, whose timers keep no process alive. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  every: (ms, look) => {
    const timer = setInterval(look, ms).unref();
    return () => clearInterval(timer);
  },
};

const LOOK_MS = 30_000;

/** Calls back when the machine has slept: timers sleep with it, the time of day goes on. The result ends it. */
export function onWake(woke: () => void, clock: Clock = SYSTEM_CLOCK): () => void {
  let last = clock.now();
  return clock.every(LOOK_MS, () => {
    const slept = clock.now() - last > 2 * LOOK_MS;
    last = clock.now();
    if (slept) woke();
  });
}
