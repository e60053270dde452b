import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpOptions, type HttpServer, startHttpServer } from '../../mcp/http.ts';
import { newToken } from '../../mcp/http-guard.ts';

/** A window that is loaded anew gives its port back within this time. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 100;

export interface EndpointOptions extends Pick<HttpOptions, 'gateway' | 'logger' | 'onSessions' | 'lookout'> {
  /** Knows the connection tokens that are accepted besides the endpoint's own. */
  readonly gate: NonNullable<HttpOptions['gate']>;
  /** The port the person keeps for it; 0 for any free one. */
  readonly port: number;
  /** Told when that port can't be had, and another one is taken. */
  readonly portTaken: () => void;
  /** How long that port is waited for, in milliseconds. */
  readonly patienceMs?: number;
}

/** Starts a window's endpoint under a token of its own, at the port that is kept for it or else at any. */
export async function startEndpoint(options: EndpointOptions): Promise<HttpServer> {
  const { port, portTaken, patienceMs = PATIENCE_MS, ...serve } = options;
  const at = (where: number) => startHttpServer({ ...serve, port: where, token: newToken() });
  if (port === 0) return at(port);
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await at(port);
    } catch (thrown) {
      if (performance.now() >= until) {
        serve.logger.warn(`The MCP endpoint takes another port than ${port}: ${String(thrown)}`);
        portTaken();
        return at(0);
      }
      await sleep(PAUSE_MS);
    }
  }
}

/** The port of a server's address. */
export function portOf({ url }: Pick<HttpServer, 'url'>): number {
  return Number(new URL(url).port);
}
