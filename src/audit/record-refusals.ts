import type { RefusedFor, TokenGate } from '../access/token-gate.ts';

const EVERY_MS = 60_000;

/** A gate that tells of requests it refused: of the first at once, of those that follow once in a while, by reason and number. Whoever knocks in a loop fills no disk. */
export function recordRefusals(
  gate: TokenGate,
  tell: (why: RefusedFor, count: number) => void,
  everyMs = EVERY_MS,
): TokenGate {
  /** What came since each was told of last; who is not in it may be told of at once. */
  const waiting = new Map<RefusedFor, { count: number; readonly timer: NodeJS.Timeout }>();
  const say = (why: RefusedFor, count: number) => {
    waiting.set(why, { count: 0, timer: setTimeout(() => next(why), everyMs).unref() });
    tell(why, count);
  };
  const next = (why: RefusedFor) => {
    const { count = 0 } = waiting.get(why) ?? {};
    waiting.delete(why);
    if (count > 0) say(why, count);
  };
  return {
    ...gate,
    refused: (why) => {
      const since = waiting.get(why);
      if (since === undefined) say(why, 1);
      else since.count += 1;
    },
    close: async () => {
      for (const [why, { count, timer }] of waiting) {
        clearTimeout(timer);
        if (count > 0) tell(why, count);
      }
      waiting.clear();
      await gate.close();
    },
  };
}
