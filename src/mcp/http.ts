import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../shared/logger.ts';
import {
  MCP_PATH,
  METRICS_PATH,
  readMessage,
  type Refusal,
  refuseByHead,
  sendRefusal,
} from './http-guard.ts';
import { listen } from './listen.ts';
import { type Session, Sessions } from './sessions.ts';

const HOST = '127.0.0.1';
const MAX_SESSIONS = 128;
const MAX_REQUESTS = 256;
/** Every session's own stream, every request, and room for connections kept alive. */
const MAX_CONNECTIONS = 512;
/** Streams told to end get this long before their sockets are cut. */
const CLOSE_MS = 250;
/** Aborted calls get this long to say in what state they left the account; those that only read answer at once. */
const LAST_WORDS_MS = 300;
const STEP_MS = 5;

export interface HttpOptions {
  readonly gateway: Gateway;
  /** 0 for any free port. */
  readonly port: number;
  readonly token: string;
  readonly logger: Logger;
  /** Told how many sessions are open whenever that changes. */
  readonly onSessions?: (open: number) => void;
  /** What GET /metrics answers; without it, nothing is there. */
  readonly metrics?: { readonly type: string; readonly text: () => string };
}

export interface HttpServer {
  readonly url: string;
  readonly token: string;
  /** Tells every client that other tools are allowed now, or that the account is another one. */
  changed(): Promise<void>;
  /** True while a request is being answered. */
  busy(): boolean;
  /** Resolves when the server is there no more, whatever ended it. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
  /** Ends it at once, when calls are refused and aborted already: nobody can connect any more, what was under way gets its last word out. */
  stop(): Promise<void>;
}

/** Serves MCP Streamable HTTP to local clients that hold the token. */
export async function startHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { gateway, port, token, logger, onSessions, metrics } = options;
  const sessions = new Sessions({ gateway, logger, max: MAX_SESSIONS, ...(onSessions && { onSessions }) });
  const guard = { port, token, metrics: metrics !== undefined };
  const endpoint = new Endpoint(sessions);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 30_000 },
    (request, response) => {
      const refusal = refuseByHead(request, guard);
      if (refusal !== undefined) {
        sendRefusal(response, refusal);
        return;
      }
      if (metrics !== undefined && request.url === METRICS_PATH) {
        response.writeHead(200, { 'content-type': metrics.type }).end(metrics.text());
        return;
      }
      endpoint.handle(request, response).catch((error: unknown) => {
        logger.debug(`http: ${String(error)}`);
        fail(response);
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  guard.port = await listen(server, HOST, port);
  const closed = Promise.withResolvers<void>();
  server.on('close', closed.resolve);
  // As when the system has no more sockets to give: the server itself goes on.
  server.on('error', (error) => logger.warn(`http: ${String(error)}`));
  return {
    url: `http://${HOST}:${guard.port}${MCP_PATH}`,
    token,
    changed: () => sessions.changed(),
    busy: () => sessions.busy(),
    closed: closed.promise,
    close: () => close(server, sessions),
    stop: () => stop(server, sessions),
  };
}

/** Hands each request to its session. */
class Endpoint {
  readonly #sessions: Sessions;
  #requests = 0;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      const session = this.#sessions.use(sessionId(request) ?? '');
      if (session === undefined) sendRefusal(response, UNKNOWN_SESSION);
      else await session.transport.handleRequest(request, response);
      return;
    }
    if (this.#requests >= MAX_REQUESTS) {
      sendRefusal(response, BUSY);
      return;
    }
    this.#requests += 1;
    try {
      await this.#post(request, response);
    } finally {
      this.#requests -= 1;
    }
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = await readMessage(request);
    if ('refusal' in message) {
      sendRefusal(response, message.refusal);
      return;
    }
    const { body } = message;
    const answer = ({ transport }: Session) => transport.handleRequest(request, response, body);
    const id = sessionId(request);
    if (id === undefined) {
      if (!isInitializeRequest(body)) sendRefusal(response, NO_SESSION);
      else if (!(await this.#sessions.open(answer))) sendRefusal(response, BUSY);
      return;
    }
    const session = this.#sessions.use(id);
    if (session === undefined) {
      sendRefusal(response, UNKNOWN_SESSION);
      return;
    }
    session.requests += 1;
    await answer(session).finally(() => (session.requests -= 1));
  }
}

const UNKNOWN_SESSION: Refusal = {
  status: 404,
  code: -32001,
  message: 'Session not found. Start a new one with an initialize request.',
};
const NO_SESSION: Refusal = {
  status: 400,
  message: 'Start with an initialize request; every later request carries its Mcp-Session-Id.',
};
const BUSY: Refusal = {
  status: 503,
  message: 'Too much at once. Try again.',
  headers: { 'retry-after': '1' },
};

function sessionId(request: IncomingMessage): string | undefined {
  return request.headersDistinct['mcp-session-id']?.[0];
}

function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else sendRefusal(response, { status: 500, code: -32603, message: 'Internal error.' });
}

async function close(server: Server, sessions: Sessions): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  await sessions.close();
  server.closeIdleConnections();
  await Promise.race([closed, sleep(CLOSE_MS)]);
  server.closeAllConnections();
  await closed;
}

async function stop(server: Server, sessions: Sessions): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const patience = performance.now() + LAST_WORDS_MS;
  // At least one turn, so that answers that are ready are written.
  do await sleep(STEP_MS);
  while (sessions.busy() && performance.now() < patience);
  server.closeAllConnections();
  await sessions.close();
  await closed;
}
