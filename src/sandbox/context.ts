import type { SampleAccount } from './account/account.ts';
import type { Clock } from './clock.ts';
import type { Exports } from './exports.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Reply } from './reply.ts';

/** What a route may use. */
export interface Context {
  readonly account: SampleAccount;
  readonly clock: Clock;
  readonly exports: Exports;
  readonly userRequests: RateLimit;
  /** The sandbox's own address, known once it listens. */
  readonly origin: () => string;
}

/** A request as a route sees it; `id` is the variable part of its path. */
interface RouteRequest {
  readonly path: string;
  readonly id: string;
  readonly query: URLSearchParams;
  readonly authorized: boolean;
  readonly body: unknown;
}

/** Answers one kind of request. */
export type Route = (context: Context, request: RouteRequest) => Reply;
