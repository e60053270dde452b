import type { HttpServer } from '../mcp/http.ts';
import type { Logger } from '../shared/logger.ts';

const PROBE_MS = 2_000;

export interface EndpointServerOptions {
  /** Starts a server, on a port and under a token of its own. */
  readonly start: () => Promise<HttpServer>;
  readonly logger: Logger;
  /** Told when the server is not there any more, so that clients ask for the new one. */
  readonly lost: () => void;
}

/** Keeps one MCP server alive: started when first asked for, and anew when it no longer answers, as after sleep. */
export class EndpointServer {
  readonly #options: EndpointServerOptions;
  #server: Promise<HttpServer> | undefined;
  #closed = false;

  constructor(options: EndpointServerOptions) {
    this.#options = options;
  }

  /** A server that answers now. */
  async get(): Promise<HttpServer> {
    await this.check();
    return this.#start();
  }

  /** The server as it is; starts nothing. */
  async current(): Promise<HttpServer | undefined> {
    return this.#server?.catch(() => undefined);
  }

  /** Gives up a server that does not answer any more. */
  async check(): Promise<void> {
    const asked = this.#server;
    const server = await this.current();
    if (server === undefined || (await answers(server))) return;
    // Somebody else may have found the same meanwhile.
    if (this.#server !== asked) return;
    this.#server = undefined;
    this.#options.logger.warn(
      'The MCP endpoint does not answer any more: the next request starts a new one.',
    );
    await server.close().catch(() => undefined);
    this.#options.lost();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await (await this.current())?.close();
  }

  #start(): Promise<HttpServer> {
    if (this.#closed) return Promise.reject(new Error('The window is closing.'));
    if (this.#server !== undefined) return this.#server;
    const starting = this.#options.start();
    this.#server = starting;
    // A failed start is told to whoever asked; the next one to ask tries again.
    starting.catch(() => {
      if (this.#server === starting) this.#server = undefined;
    });
    return starting;
  }
}

/** True when our own server answers: it refuses a GET without a session by 400, but only to who has the token. */
async function answers({ url, token }: HttpServer): Promise<boolean> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(PROBE_MS) });
    await response.body?.cancel();
    return response.status === 400;
  } catch {
    return false;
  }
}
