import { AppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { retryAfterMs } from '../shared/retry-after.ts';
import { abortError, join, sleep } from '../shared/wait.ts';
import type { ApiRequest, ApiResponse } from '../workos/transport.ts';
import { NotConnected } from './not-connected.ts';

interface Attempting {
  readonly logger: Logger;
  /** Waits for the request's turn under its rate limit. */
  readonly take: () => Promise<void>;
  readonly send: (signal: AbortSignal) => Promise<Pick<Response, 'status' | 'headers' | 'text'>>;
}

/** All attempts together take no longer than this, and none longer than the second. */
const ALL_MS = 20_000;
const ATTEMPT_MS = 15_000;
const FIRST_BACKOFF_MS = 300;

type Attempt =
  | { readonly kind: 'answer'; readonly response: ApiResponse }
  | { readonly kind: 'failure'; readonly sent: boolean; readonly timedOut: boolean; readonly cause: unknown };

/** Sends a request until it gets a usable answer; only repeatable requests are sent more than once. */
export async function requestWithRetries(request: ApiRequest, how: Attempting): Promise<ApiResponse> {
  const { signal, repeatable } = request;
  await how.take();
  let deadline = performance.now() + ALL_MS;
  for (let round = 0; ; round += 1) {
    if (signal.aborted) throw abortError(signal);
    const attempt = await tryOnce(request, how, Math.min(ATTEMPT_MS, deadline - performance.now()));
    if (signal.aborted) throw abortedBy(request, attempt);
    if (attempt.kind === 'answer' && !isTransient(attempt.response.status)) return attempt.response;
    if (isFinal(attempt)) throw failed(request, attempt);
    const wait = backoff(attempt, round);
    if (!repeatable || performance.now() + wait >= deadline) {
      if (attempt.kind === 'answer' && !mayChange(request)) return attempt.response;
      if (attempt.kind === 'answer' && attempt.response.status === 429) return attempt.response;
      throw failed(request, attempt);
    }
    how.logger.info(
      `${request.method} ${new URL(request.url).pathname}: trying again in ${Math.round(wait)} ms`,
    );
    if (wait > 1_000) request.onWait(`WorkOS is busy; trying again in ${(wait / 1000).toFixed(1)} s`);
    await sleep(wait, signal);
    // Queueing for the rate limit is not the API's doing, so it does not use up the time for retries.
    const queued = performance.now();
    await how.take();
    deadline += performance.now() - queued;
  }
}

async function tryOnce(request: ApiRequest, { send }: Attempting, ms: number): Promise<Attempt> {
  const limit = new AbortController();
  const either = join(request.signal, limit.signal);
  const timeout = setTimeout(() => limit.abort(), Math.max(1, ms));
  try {
    const response = await send(either.signal);
    const text = await response.text();
    return { kind: 'answer', response: { status: response.status, headers: response.headers, text } };
  } catch (cause) {
    return { kind: 'failure', sent: !neverSent(cause), timedOut: limit.signal.aborted, cause };
  } finally {
    clearTimeout(timeout);
    either.letGo();
  }
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** True when another attempt would end the same way: an untrusted certificate, an answer that is too large. */
function isFinal(attempt: Attempt): boolean {
  if (attempt.kind === 'answer' || attempt.timedOut) return false;
  const { cause } = attempt;
  return cause instanceof NotConnected ? !cause.passing : cause instanceof AppError;
}

/** Waits what the API asks for, if that is not at once; else doubles from 0.3 s with jitter. */
function backoff(attempt: Attempt, round: number): number {
  const asked = attempt.kind === 'answer' ? retryAfterMs(attempt.response.headers) : undefined;
  if (asked !== undefined) return Math.max(asked, FIRST_BACKOFF_MS);
  return FIRST_BACKOFF_MS * 2 ** round * (0.75 + Math.random() / 2);
}

const NEVER_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** True when no connection was made, so that the request can't have had an effect. */
function neverSent(thrown: unknown): boolean {
  if (thrown instanceof NotConnected) return true;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause instanceof Error && 'code' in cause && NEVER_SENT.has(cause.code);
}

function failed(request: ApiRequest, attempt: Attempt): AppError {
  if (mayChange(request) && (attempt.kind === 'answer' || attempt.sent)) return outcomeUnknown(attempt);
  const cause = attempt.kind === 'failure' ? attempt.cause : undefined;
  if (attempt.kind === 'failure' && attempt.timedOut) {
    return new AppError(
      { code: 'TIMEOUT', message: 'WorkOS did not answer in time.', hint: 'Try again in a moment.' },
      { cause },
    );
  }
  if (cause instanceof NotConnected) return cause.error;
  if (cause instanceof AppError) return cause;
  return new AppError(
    {
      code: 'NETWORK',
      message: `WorkOS could not be reached at ${new URL(request.url).host}.`,
      hint: 'Check the network connection, proxy and WORKOS_API_BASE_URL, then try again.',
    },
    { cause },
  );
}

function abortedBy(request: ApiRequest, attempt: Attempt): AppError {
  const reason = abortError(request.signal);
  return !mayChange(request) || (attempt.kind === 'failure' && !attempt.sent)
    ? reason
    : outcomeUnknown(attempt);
}

/** True when a request that was sent may have changed the account. Reading changes nothing, also where it is done once only. */
function mayChange({ method, repeatable }: ApiRequest): boolean {
  return method !== 'GET' && !repeatable;
}

function outcomeUnknown(attempt: Attempt): AppError {
  return new AppError(
    {
      code: 'OUTCOME_UNKNOWN',
      message: 'WorkOS did not confirm the request: it may or may not have taken effect.',
      hint: 'Look before trying again.',
    },
    { cause: attempt.kind === 'failure' ? attempt.cause : attempt.response.status },
  );
}
