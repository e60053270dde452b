import { abortable } from '../shared/wait.ts';

export interface RateLimiter {
  /** Waits for a turn among the requests of the same key; no key, no wait. Who `yields` lets others go first. */
  take(
    key: string | undefined,
    signal: AbortSignal,
    onWait: (message: string) => void,
    yields?: boolean,
  ): Promise<void>;
}

interface Limit {
  readonly requests: number;
  readonly perMs: number;
}

interface Waiter {
  readonly yields: boolean;
  readonly go: () => void;
}

/** The turns of one key: when they were taken within the last window, oldest first, and who waits. */
interface Queue {
  readonly taken: number[];
  readonly waiting: Waiter[];
  timer?: ReturnType<typeof setTimeout> | undefined;
}

/** The API counts when requests arrive, not when they leave: this much is left for the difference. */
const MARGIN_MS = 50;
/** Waits shorter than this are not worth telling. */
const TELL_MS = 200;

/** A sliding window per key; who waits goes in order of asking, those who yield after the others. */
export function createRateLimiter(limit: Limit): RateLimiter {
  const window = limit.perMs + MARGIN_MS;
  const queues = new Map<string, Queue>();
  return {
    take: async (key, signal, onWait, yields = false) => {
      if (key === undefined) return;
      forgetIdle(queues, window);
      const queue = queues.get(key) ?? { taken: [], waiting: [] };
      queues.set(key, queue);
      const { promise, resolve: go } = Promise.withResolvers<void>();
      const waiter: Waiter = { yields, go };
      const place = yields ? -1 : queue.waiting.findIndex((other) => other.yields);
      queue.waiting.splice(place < 0 ? queue.waiting.length : place, 0, waiter);
      serve(queue, limit.requests, window);
      const wait = expectedWait(queue, waiter, limit.requests, window);
      if (wait > TELL_MS) onWait(`Waiting ${(wait / 1000).toFixed(1)} s for the API's rate limit`);
      await abortable(promise, signal).catch((thrown: unknown) => {
        leave(queue, waiter);
        throw thrown;
      });
    },
  };
}

/** Gives the turns that are free, and comes back when the next one is. */
function serve(queue: Queue, requests: number, window: number): void {
  const now = performance.now();
  const { taken, waiting } = queue;
  const first = taken.findIndex((turn) => turn > now - window);
  taken.splice(0, first < 0 ? taken.length : first);
  for (const { go } of waiting.splice(0, Math.max(0, requests - taken.length))) {
    taken.push(now);
    go();
  }
  clearTimeout(queue.timer);
  queue.timer = undefined;
  const [oldest] = taken;
  if (waiting.length === 0 || oldest === undefined) return;
  queue.timer = setTimeout(() => serve(queue, requests, window), Math.ceil(oldest + window - now));
}

/** A turn nobody waits for any more is the next one's. */
function leave(queue: Queue, waiter: Waiter): void {
  const place = queue.waiting.indexOf(waiter);
  if (place >= 0) queue.waiting.splice(place, 1);
  if (queue.waiting.length > 0) return;
  clearTimeout(queue.timer);
  queue.timer = undefined;
}

/** How long a waiter will wait if nobody gets in before: 0 for one who goes at once. */
function expectedWait({ taken, waiting }: Queue, waiter: Waiter, requests: number, window: number): number {
  const ahead = waiting.indexOf(waiter);
  if (ahead < 0) return 0;
  const turn = taken.at((ahead % requests) - requests) ?? performance.now();
  return turn + window * (1 + Math.floor(ahead / requests)) - performance.now();
}

function forgetIdle(queues: Map<string, Queue>, window: number): void {
  if (queues.size < 100) return;
  const before = performance.now() - window;
  for (const [key, { taken, waiting }] of queues)
    if (waiting.length === 0 && (taken.at(-1) ?? 0) < before) queues.delete(key);
}
