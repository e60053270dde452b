import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Grant } from '../access/token-gate.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { createMcpServer, type McpServer } from './server.ts';

/** A client's session: its own server on its own transport. */
export interface Session {
  readonly transport: StreamableHTTPServerTransport;
  readonly server: McpServer;
  /** The connection token that opened it, as it was called when it was used last; nobody else may use it. */
  grant: Grant | undefined;
  /** Requests being answered. */
  requests: number;
}

export interface SessionsOptions {
  readonly gateway: Gateway;
  readonly logger: Logger;
  readonly lookout?: Lookout | undefined;
  readonly max: number;
  /** Told how many are open whenever that changes. */
  readonly onSessions?: (open: number) => void;
}

/** The open sessions, at most `max`; a new one pushes out the one idle longest, never one with a call in flight. */
export class Sessions {
  readonly #options: SessionsOptions;
  /** In the order of last use: the first has been idle longest. */
  readonly #open = new Map<string, Session>();
  #closed = false;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** The session of this id, which counts as used, if this token opened it. */
  use(id: string, grant?: Grant): Session | undefined {
    const session = this.#open.get(id);
    if (session === undefined || session.grant?.id !== grant?.id) return undefined;
    session.grant = grant;
    this.#open.delete(id);
    this.#open.set(id, session);
    return session;
  }

  /** Runs `initialize` on a new session and keeps it if that succeeds; false when there is no room, or it is over. */
  async open(initialize: (session: Session) => Promise<void>, grant?: Grant): Promise<boolean> {
    if (!this.#makeRoom()) return false;
    const session = this.#create(grant);
    try {
      await session.server.connect(session.transport);
      await initialize(session);
    } finally {
      session.requests -= 1;
      if (session.transport.sessionId === undefined) await session.server.close();
    }
    return true;
  }

  /** Ends every session, and opens no more; calls in flight are aborted and streams closed. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#open.values()].map(({ server }) => server.close()));
  }

  /** Ends the sessions a token opened: calls in flight are aborted and streams closed. */
  end(token: string): void {
    for (const [id, session] of this.#open) if (session.grant?.id === token) this.#drop(id, session);
  }

  /** Tells every client that other tools are allowed now, or that the account is another one; one it can't tell, it logs. */
  async changed(): Promise<void> {
    const { logger } = this.#options;
    const tell = async ({ server }: Session) =>
      server.changed().catch((error: unknown) => logger.warn(`client not told: ${String(error)}`));
    await Promise.all([...this.#open.values()].map(tell));
  }

  /** True while a request is being answered. */
  busy(): boolean {
    return [...this.#open.values()].some(isBusy);
  }

  #create(grant: Grant | undefined): Session {
    const { gateway, logger, lookout } = this.#options;
    const id = randomUUID();
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => id });
    const server = createMcpServer({
      gateway,
      session: id,
      token: () => session.grant,
      logger,
      lookout,
      onCancelled: (request) => transport.closeSSEStream(request),
    });
    transport.onclose = () => this.#remove(id);
    const session: Session = { transport, server, grant, requests: 1 };
    this.#open.set(id, session);
    this.#options.onSessions?.(this.#open.size);
    return session;
  }

  #remove(id: string): void {
    if (this.#open.delete(id)) this.#options.onSessions?.(this.#open.size);
  }

  #makeRoom(): boolean {
    if (this.#closed) return false;
    if (this.#open.size < this.#options.max) return true;
    for (const [id, session] of this.#open) {
      if (isBusy(session)) continue;
      this.#drop(id, session);
      return true;
    }
    return false;
  }

  #drop(id: string, { server }: Session): void {
    this.#remove(id);
    server
      .close()
      .catch((error: unknown) => this.#options.logger.warn(`session not closed: ${String(error)}`));
  }
}

function isBusy({ server, requests }: Session): boolean {
  return requests > 0 || server.calls() > 0;
}
