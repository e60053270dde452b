import { createHash } from 'node:crypto';
import type { ApiRequest } from '../workos/transport.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { createRateLimiter } from './rate-limit.ts';

/** What all callers of one key share. */
export interface KeyLimits {
  readonly breaker: Breaker;
  /** Waits for the request's turn: among those of its directory, then among all of the key. */
  readonly take: (request: ApiRequest) => Promise<void>;
}

/** Finds the limits of a key at an origin: the same ones for everybody who asks. */
export type Limits = (origin: string, apiKey: string) => KeyLimits;

/** Requests per time, as WorkOS allows them. */
const PER_DIRECTORY = { requests: 4, perMs: 1_000 };
const PER_KEY = { requests: 6_000, perMs: 60_000 };
const BREAKER = { failures: 5, pauseMs: 10_000 };

/** Limits of their own, for tests; the program has one set. */
export function createLimits({ perKey = PER_KEY, breaker = BREAKER } = {}): Limits {
  const known = new Map<string, KeyLimits>();
  return (origin, apiKey) => {
    // Not under the key itself: it is kept in as few places as possible.
    const id = createHash('sha256').update(`${origin}\n${apiKey}`).digest('base64url');
    const found = known.get(id) ?? limitsOfKey(perKey, breaker);
    known.set(id, found);
    return found;
  };
}

/** Those of this process. */
export const sharedLimits: Limits = createLimits();

function limitsOfKey(perKey: typeof PER_KEY, breaker: typeof BREAKER): KeyLimits {
  const ofDirectory = createRateLimiter(PER_DIRECTORY);
  const ofKey = createRateLimiter(perKey);
  return {
    breaker: createBreaker(breaker),
    take: async ({ rateKey, signal, onWait, yields }) => {
      await ofDirectory.take(rateKey, signal, onWait, yields);
      await ofKey.take('all', signal, onWait, yields);
    },
  };
}
