/** The account's own time: it starts at the chosen moment and runs as fast as real time. */
export type Clock = () => number;

/** Starts a clock at the given moment. */
export function startClock(now: Date): Clock {
  const started = performance.now();
  return () => Math.floor(now.getTime() + performance.now() - started);
}
