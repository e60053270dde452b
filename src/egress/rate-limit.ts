import { sleep } from '../shared/wait.ts';

export interface RateLimiter {
  /** Waits for a turn among the requests of the same key; no key, no wait. */
  take(key: string | undefined, signal: AbortSignal, onWait: (message: string) => void): Promise<void>;
}

/** The API counts when requests arrive, not when they leave: this much is left for the difference. */
const MARGIN_MS = 50;
/** Waits shorter than this are not worth telling. */
const TELL_MS = 200;

/** A sliding window per key, in order of asking, shared by everybody in the process. */
export function createRateLimiter(limit: { requests: number; perMs: number }): RateLimiter {
  const turns = new Map<string, number[]>();
  return {
    take: async (key, signal, onWait) => {
      if (key === undefined) return;
      const now = performance.now();
      const window = limit.perMs + MARGIN_MS;
      const recent = (turns.get(key) ?? []).filter((turn) => turn > now - window);
      const blocker = recent.at(-limit.requests);
      const turn = Math.max(now, recent.at(-1) ?? now, blocker === undefined ? now : blocker + window);
      turns.set(key, [...recent, turn]);
      forgetIdle(turns, now - window);
      const wait = turn - now;
      if (wait <= 0) return;
      if (wait > TELL_MS) onWait(`Waiting ${(wait / 1000).toFixed(1)} s for the API's rate limit`);
      await sleep(wait, signal).catch((thrown: unknown) => {
        giveBack(turns, key, turn);
        throw thrown;
      });
    },
  };
}

/** A turn nobody takes any more delays nobody who asks from now on. */
function giveBack(turns: Map<string, number[]>, key: string, turn: number): void {
  const times = turns.get(key) ?? [];
  const place = times.lastIndexOf(turn);
  if (place >= 0) turns.set(key, times.toSpliced(place, 1));
}

function forgetIdle(turns: Map<string, number[]>, before: number): void {
  if (turns.size < 100) return;
  for (const [key, times] of turns) if ((times.at(-1) ?? 0) < before) turns.delete(key);
}
