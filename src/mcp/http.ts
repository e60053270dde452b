import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenGate } from '../access/token-gate.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { Endpoint } from './http-endpoint.ts';
import { checkHead, type Guard, MCP_PATH, METRICS_PATH } from './http-guard.ts';
import { listen } from './listen.ts';
import { sendRefusal } from './refusal.ts';
import { Sessions } from './sessions.ts';

const HOST = '127.0.0.1';
const MAX_SESSIONS = 128;
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
  /** Accepts connection tokens, too; whoever hands it in closes it. */
  readonly gate?: TokenGate | undefined;
  /** Accepts them at `/{token}/mcp`. */
  readonly tokenInPath?: boolean | undefined;
  readonly logger: Logger;
  /** Looks for decoys in what clients send. */
  readonly lookout?: Lookout | undefined;
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
  const { gateway, port, token, gate, tokenInPath, logger, lookout, onSessions, metrics } = options;
  const room = { gateway, logger, lookout, max: MAX_SESSIONS };
  const sessions = new Sessions({ ...room, ...(onSessions && { onSessions }) });
  const served = { metrics: metrics !== undefined, lookout };
  const guard: Guard & { port: number } = { port, token, gate, tokenInPath, ...served };
  const endpoint = new Endpoint(sessions, gate, lookout);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 30_000 },
    (request, response) => {
      const admitted = checkHead(request, guard);
      if ('refusal' in admitted) {
        sendRefusal(response, admitted.refusal);
        return;
      }
      if (metrics !== undefined && request.url === METRICS_PATH) {
        response.writeHead(200, { 'content-type': metrics.type }).end(metrics.text());
        return;
      }
      endpoint.handle(request, response, admitted.grant).catch((error: unknown) => {
        logger.debug(`http: ${String(error)}`);
        fail(response);
      });
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  guard.port = await listen(server, HOST, port);
  const closed = Promise.withResolvers<void>();
  const unhear = gate?.onEnd((id) => sessions.end(id));
  server.on('close', () => {
    unhear?.();
    closed.resolve();
  });
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
