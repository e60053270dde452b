const WINDOW_MS = 1_000;

/** Admits so many requests per key within any one second. */
export interface RateLimit {
  admit(key: string): boolean;
}

/** Counts requests in a sliding window; a refused request does not count. */
export function slidingWindow(perSecond: number): RateLimit {
  const admitted = new Map<string, number[]>();
  return {
    admit(key) {
      const now = performance.now();
      const recent = (admitted.get(key) ?? []).filter((time) => now - time < WINDOW_MS);
      const free = recent.length < perSecond;
      admitted.set(key, free ? [...recent, now] : recent);
      return free;
    },
  };
}
