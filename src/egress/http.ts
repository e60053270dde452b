import { AppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { abortable } from '../shared/wait.ts';
import type { Http } from '../workos/transport.ts';
import { createRateLimiter } from './rate-limit.ts';
import { requestWithRetries } from './retry.ts';

export interface HttpOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly logger: Logger;
}

/** Where the API hands out finished audit-log exports. */
const EXPORT_ORIGIN = 'https://exports.audit-logs.com';
const CONNECT_MS = 15_000;

/**
 * The way out: the only place that knows the key, and the only one that opens connections. No redirect is
 * followed: it is an answer like any other that is not a success.
 */
export function createHttp({ baseUrl, apiKey, logger }: HttpOptions): Http {
  const { origin, protocol } = new URL(baseUrl);
  const limiter = createRateLimiter({ requests: 4, perMs: 1_000 });
  return {
    api: async (request) => {
      if (new URL(request.url).origin !== origin) throw refused();
      if (apiKey === undefined) throw missingKey();
      const headers: Record<string, string> = {
        authorization: `Bearer ${apiKey}`,
        accept: 'application/json',
      };
      if (request.body !== undefined) headers['content-type'] = 'application/json';
      return requestWithRetries(request, {
        logger,
        take: () => limiter.take(request.rateKey, request.signal, request.onWait),
        send: (signal) =>
          fetch(request.url, {
            method: request.method,
            headers,
            redirect: 'manual',
            signal,
            ...(request.body !== undefined && { body: request.body }),
          }),
      });
    },
    download: async (url, signal) => {
      const source = new URL(url).origin;
      // The sample account serves its exports itself; a real account never does.
      const allowed = source === EXPORT_ORIGIN || (protocol === 'http:' && source === origin);
      if (!allowed) throw refused();
      const response = await abortable(fetchFile(url, signal), signal);
      if (response.ok && response.body) return response.body;
      await response.body?.cancel();
      throw new AppError({
        code: 'UPSTREAM_ERROR',
        message: `The audit-log export could not be downloaded (HTTP ${response.status}).`,
        hint: 'Call get_audit_log_events again.',
      });
    },
  };
}

async function fetchFile(url: string, signal: AbortSignal): Promise<Response> {
  const connect = new AbortController();
  const timeout = setTimeout(() => connect.abort(), CONNECT_MS);
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, connect.signal]) });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new AppError(
      {
        code: 'NETWORK',
        message: 'The audit-log export could not be reached.',
        hint: 'Check the network, then call get_audit_log_events again.',
      },
      { cause: thrown },
    );
  } finally {
    clearTimeout(timeout);
  }
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
