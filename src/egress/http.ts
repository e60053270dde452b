import { lookup } from 'node:dns';
import { text } from 'node:stream/consumers';
import { AppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { type Network, networkAssurance } from '../shared/network.ts';
import { abortError } from '../shared/wait.ts';
import type { ApiRequest, ApiResponse, Http } from '../workos/transport.ts';
import { badResponse } from './body.ts';
import type { Pass } from './breaker.ts';
import type { Machine } from './connect.ts';
import { type Answer, type Exchange, type OnRequest, telling } from './exchange.ts';
import { type Limits, sharedLimits } from './limits.ts';
import { NotConnected } from './not-connected.ts';
import { requestWithRetries } from './retry.ts';
import { systemTrust } from './trust.ts';
import { wayTo } from './ways.ts';

export interface HttpOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly logger: Logger;
  readonly network?: Network | undefined;
  /** Told of each attempt, in the context of whoever asked for it. */
  readonly onRequest?: OnRequest;
}

/** What tests put in the place of the machine's own. */
export interface Surroundings {
  readonly machine?: Machine;
  readonly limits?: Limits;
}

/** Where the API hands out finished audit-log exports. */
const EXPORT_ORIGIN = 'https://exports.audit-logs.com';
const BEGIN_MS = 15_000;
const API_BYTES = 16 * 2 ** 20;
const EXPORT_BYTES = 256 * 2 ** 20;
/** What connections take from this machine. */
export const MACHINE: Machine = { lookup, trust: systemTrust };

/**
 * The way out: the only place that knows the key, and the only one that opens connections. It leads to two origins,
 * with the key to the API's only. No redirect is followed. Opens nothing before the first request.
 */
export function createHttp(
  { baseUrl, apiKey, logger, network = {}, onRequest = () => () => undefined }: HttpOptions,
  { machine = MACHINE, limits = sharedLimits }: Surroundings = {},
): Http {
  const base = new URL(baseUrl);
  const { origin } = base;
  const toApi = once(() => {
    logger.debug(networkAssurance(network));
    return telling(wayTo(base, network, machine), onRequest);
  });
  const toExports = once(() => telling(wayTo(new URL(EXPORT_ORIGIN), network, machine), onRequest));
  return {
    api: async (request) => {
      const url = new URL(request.url);
      if (url.origin !== origin) throw refused();
      if (apiKey === undefined) throw missingKey();
      const { breaker, take } = limits(origin, apiKey);
      const exchange = toApi();
      const pass = breaker.enter();
      const answer = await judged(pass, request, () =>
        requestWithRetries(request, {
          logger,
          take: () => take(request),
          send: (signal) => sendWithKey(exchange, url, request, apiKey, signal),
        }),
      );
      if (answer.status >= 300 && answer.status < 400) throw redirected('WorkOS', answer.status);
      return withoutKey(answer, apiKey);
    },
    download: async (address, signal) => {
      const url = new URL(address);
      // The sample account serves its exports itself; a real account never does.
      const own = url.origin === origin && base.protocol === 'http:';
      if (!own && url.origin !== EXPORT_ORIGIN) throw refused();
      return beginDownload(own ? toApi() : toExports(), url, signal);
    },
  };
}

/** An answer that says the key back does not get it past here. */
function withoutKey({ status, headers, text: body }: ApiResponse, apiKey: string): ApiResponse {
  return { status, headers, text: body.replaceAll(apiKey, '[WorkOS API key]') };
}

async function sendWithKey(
  exchange: Exchange,
  url: URL,
  { method, body }: ApiRequest,
  apiKey: string,
  signal: AbortSignal,
) {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: 'application/json',
    'accept-encoding': 'gzip',
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const answer = await exchange(url, { method, headers, body, maxBytes: API_BYTES, who: 'WorkOS', signal });
  return { status: answer.status, headers: answer.headers, text: () => text(answer.body) };
}

/** Tells the breaker how a request went: answers below 500 are the API at work, and giving up says nothing. */
async function judged(
  pass: Pass,
  { signal }: ApiRequest,
  work: () => Promise<ApiResponse>,
): Promise<ApiResponse> {
  try {
    const answer = await work();
    if (answer.status < 500) pass.answered();
    else pass.failed({ code: 'UPSTREAM_ERROR', message: `WorkOS answered with HTTP ${answer.status}.` });
    return answer;
  } catch (thrown) {
    const told = thrown instanceof AppError && thrown.code !== 'BAD_RESPONSE';
    if (signal.aborted || !told) pass.givenUp();
    else pass.failed({ code: 'NETWORK', message: thrown.message });
    throw thrown;
  }
}

async function beginDownload(exchange: Exchange, url: URL, signal: AbortSignal) {
  const answer = await firstBytes(exchange, url, signal);
  if (answer.status === 200) return ReadableStream.from(answer.body);
  answer.body.destroy();
  if (answer.status >= 300 && answer.status < 400) throw redirected('The export host', answer.status);
  throw new AppError({
    code: 'UPSTREAM_ERROR',
    message: `The audit-log export could not be downloaded (HTTP ${answer.status}).`,
    hint: 'Call get_audit_log_events again.',
  });
}

async function firstBytes(exchange: Exchange, url: URL, signal: AbortSignal): Promise<Answer> {
  const begin = new AbortController();
  const timeout = setTimeout(() => begin.abort(), BEGIN_MS);
  const asked = {
    method: 'GET',
    headers: {},
    maxBytes: EXPORT_BYTES,
    who: 'The export host',
    signal: AbortSignal.any([signal, begin.signal]),
  } as const;
  try {
    return await exchange(url, asked);
  } catch (thrown) {
    if (signal.aborted) throw abortError(signal);
    if (thrown instanceof AppError && thrown.code === 'BAD_RESPONSE') throw thrown;
    throw unreachable(thrown);
  } finally {
    clearTimeout(timeout);
  }
}

function redirected(who: string, status: number): AppError {
  return badResponse(`${who} answered with a redirect (HTTP ${status}), and redirects are not followed.`);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** A download that never began, whyever. */
function unreachable(cause: unknown): AppError {
  const known = cause instanceof NotConnected && !cause.passing ? cause.error : undefined;
  if (known) return known;
  return new AppError(
    {
      code: 'NETWORK',
      message: 'The audit-log export could not be reached.',
      hint: 'Check the network, then call get_audit_log_events again.',
    },
    { cause },
  );
}

function refused(): AppError {
  return new AppError({ code: 'INTERNAL', message: 'A request to another host was refused.' });
}

function missingKey(): AppError {
  return new AppError({
    code: 'NO_API_KEY',
    message: 'No WorkOS API key is set.',
    hint: 'Ask the person to set WORKOS_API_KEY for this server, or to start it with --sandbox for a sample account.',
  });
}
