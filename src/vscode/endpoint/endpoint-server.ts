import { setImmediate as turn } from 'node:timers/promises';
import type { HttpServer } from '../../mcp/http.ts';
import { CrashLoop, type CrashLoopLimits } from '../../shared/crash-loop.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Recovered } from '../../shared/recovery.ts';
import { portOf } from './start-endpoint.ts';

const PROBE_MS = 2_000;
/** A server that was silent so often is given up. */
const SILENCES = 2;
/** A machine too busy to tell gets so many tries; then the server counts as alive. */
const PROBES = 5;

export interface EndpointServerOptions {
  /** Starts a server, on a port and under a token of its own. */
  readonly start: () => Promise<HttpServer>;
  readonly logger: Logger;
  /** Told when the server is not there any more, so that clients ask for the new one. */
  readonly lost: () => void;
  /** Told when another server has replaced one that was lost, and when they are lost so often that none is started for a while. */
  readonly recovered: Recovered;
  /** How long a server may take to answer. */
  readonly probeMs?: number;
  /** Other limits than the usual ones. */
  readonly loop?: Partial<CrashLoopLimits>;
}

/** Keeps one MCP server alive: started when first asked for, and anew when it has gone, or no longer answers. */
export class EndpointServer {
  readonly #options: EndpointServerOptions;
  #server: Promise<HttpServer> | undefined;
  readonly #loop: CrashLoop;
  #why: string | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: EndpointServerOptions) {
    this.#options = options;
    this.#loop = new CrashLoop(options.loop);
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
    if (server === undefined || (await isAlive(server, this.#options.probeMs ?? PROBE_MS))) return;
    if (!this.#forget(asked, 'it did not answer any more')) return;
    await server.close().catch(() => undefined);
    this.#options.lost();
  }

  /** Ends the server with its sessions and sockets; the next one to ask gets another, under another token. */
  async stop(): Promise<void> {
    const running = this.current();
    this.#server = undefined;
    await (await running)?.stop();
  }

  /** Ends a server that listens at another port than this one; true when the next one to ask gets another. */
  async leaveFor(port: number): Promise<boolean> {
    const server = await this.current();
    if (server !== undefined && portOf(server) === port) return false;
    await this.stop();
    return true;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    await (await this.current())?.close();
  }

  #start(): Promise<HttpServer> {
    if (this.#closed) return Promise.reject(new Error('The window is closing.'));
    if (this.#server !== undefined) return this.#server;
    const waitMs = this.#loop.waitMs();
    if (waitMs > 0)
      return Promise.reject(new Error(`It keeps ending: no other one for ${Math.ceil(waitMs / 1_000)} s.`));
    const starting = this.#options.start();
    this.#server = starting;
    void this.#watch(starting);
    return starting;
  }

  async #watch(starting: Promise<HttpServer>): Promise<void> {
    try {
      const { closed } = await starting;
      if (this.#why !== undefined) this.#options.recovered({ what: 'endpoint', why: this.#why });
      this.#why = undefined;
      await closed;
      if (!this.#closed && this.#forget(starting, 'it had closed')) this.#options.lost();
    } catch {
      // A failed start is told to whoever asked; the next one to ask tries again.
      if (this.#server === starting) this.#server = undefined;
    }
  }

  /** False when somebody else has found the same meanwhile. */
  #forget(server: Promise<HttpServer> | undefined, why: string): boolean {
    if (this.#server !== server) return false;
    this.#server = undefined;
    this.#why = why;
    const pausedMs = this.#loop.ended();
    if (pausedMs > 0) {
      this.#options.recovered({ what: 'endpoint', why, pausedMs });
      // Clients that were told of the loss found none: they are to ask again.
      this.#again = setTimeout(() => this.#options.lost(), pausedMs).unref();
    }
    this.#options.logger.warn(
      'The MCP endpoint does not answer any more: the next request starts a new one.',
    );
    return true;
  }
}

/**
 * Asks more than once before it says no: our own timer runs in the loop that would answer, so that a silence may be
 * its being busy. While a call is being worked on, the server is not looked at.
 */
async function isAlive(server: HttpServer, probeMs: number): Promise<boolean> {
  let silences = 0;
  for (let probes = 0; probes < PROBES && silences < SILENCES; probes += 1) {
    if (server.busy()) return true;
    const found = await probe(server, probeMs);
    if (found === 'answer') return true;
    if (found === 'silence') silences += 1;
    await turn();
  }
  return silences < SILENCES;
}

/** Our own server refuses a GET without a session by 400, but only to who has the token. */
async function probe({ url, token }: HttpServer, ms: number): Promise<'answer' | 'silence' | 'late'> {
  const started = performance.now();
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(ms) });
    await response.body?.cancel();
    return response.status === 400 ? 'answer' : 'silence';
  } catch {
    // A timer that fired long after its time says that the loop was blocked, not that the server was silent.
    return performance.now() - started > 1.5 * ms ? 'late' : 'silence';
  }
}
