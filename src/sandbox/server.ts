import { randomBytes } from 'node:crypto';
import { once, setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SampleAccount, sampleAccount } from './account/account.ts';
import { objectId } from './account/ids.ts';
import { startClock } from './clock.ts';
import type { Context } from './context.ts';
import { Exports } from './exports.ts';
import { Faults } from './faults.ts';
import { slidingWindow } from './rate-limit.ts';
import { json, type Reply, Refusal } from './reply.ts';
import { readBody } from './request-body.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { findRoute, isDownload } from './router.ts';
import { faultReply, send } from './send.ts';

/** How to start the sandbox; the counts are those of a larger account. */
export interface SandboxOptions {
  port?: number;
  organizations?: number;
  users?: number;
  now?: Date;
  /** The key it takes, `sk_live_…` to be taken for production; default: a random `sk_test_…`. */
  apiKey?: string;
}

/** A running sample account. */
export interface Sandbox {
  readonly url: string;
  readonly apiKey: string;
  /** Takes another key from now on, as after a rotation. */
  rotateKey(apiKey: string): void;
  readonly account: SampleAccount;
  readonly faults: Faults;
  readonly requests: RequestLog;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const USER_REQUESTS_PER_SECOND = 4;

interface Parts {
  apiKey: string;
  readonly context: Context;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly route: ReturnType<typeof findRoute>;
  readonly closing: AbortSignal;
}

/** Starts the sample account on the loopback interface. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? new Date();
  const clock = startClock(now);
  const account = sampleAccount(now, options.organizations, options.users);
  const faults = new Faults();
  const requests = new RequestLog();
  const apiKey = options.apiKey ?? `sk_test_${randomBytes(16).toString('hex')}`;
  const closing = new AbortController();
  // Every delayed answer listens to it, and a fault may delay any number of them.
  setMaxListeners(0, closing.signal);
  let url = '';
  const context: Context = {
    account,
    clock,
    exports: new Exports(clock, faults),
    userRequests: slidingWindow(USER_REQUESTS_PER_SECOND),
    origin: () => url,
  };
  const parts: Parts = { apiKey, context, faults, requests, route: findRoute(), closing: closing.signal };
  const server = createServer((request, response) => {
    handle(parts, request, response).catch(() => response.destroy());
  });
  server.listen(options.port ?? 0, HOST);
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The sandbox has no port.');
  url = `http://${HOST}:${bound.port}`;
  return {
    url,
    apiKey,
    rotateKey: (key) => {
      parts.apiKey = key;
    },
    account,
    faults,
    requests,
    close: async () => {
      closing.abort();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const entry = logged(parts, request);
  parts.requests.add(entry);
  const strike = parts.faults.strike(entry);
  if (strike.latency > 0) await sleep(strike.latency, undefined, { signal: parts.closing });
  if (strike.outcome?.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const reply = faultReply(strike.outcome) ?? (await answer(parts, request, entry));
  if (strike.outcome?.kind === 'reset-after') {
    response.socket?.resetAndDestroy();
    return;
  }
  entry.status = reply.status;
  const time = parts.context.clock();
  response.setHeader('x-request-id', objectId('req', time, randomBytes(8).toString('hex')));
  await send(response, reply, strike.outcome, parts.closing);
}

function logged(parts: Parts, request: IncomingMessage): LoggedRequest {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return {
    time: new Date(parts.context.clock()),
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark)),
    headers: Object.keys(request.headers),
    authorization: request.headers.authorization !== undefined,
    status: 0,
  };
}

async function answer(parts: Parts, request: IncomingMessage, entry: LoggedRequest): Promise<Reply> {
  const body = await readBody(request).catch(asReply);
  const known = request.headers.authorization === `Bearer ${parts.apiKey}`;
  if (!known && !isDownload(entry.path)) return json(401, { message: 'Unauthorized' });
  if (body instanceof Refusal) return body.reply;
  try {
    const { route, id } = parts.route(entry.method, entry.path);
    return route(parts.context, {
      path: entry.path,
      id,
      query: entry.query,
      authorized: entry.authorization,
      body,
    });
  } catch (error) {
    return asReply(error).reply;
  }
}

function asReply(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}
