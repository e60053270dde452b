import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { createMcpServer } from './server.ts';

/** After the end of input, calls have this long to answer before they are aborted; the first one waits for the tools to start. */
const GRACE_MS = 2_000;
const GRACE_STEP_MS = 10;

export interface StdioOptions {
  readonly gateway: Gateway;
  readonly logger: Logger;
  /** Looks for decoys in what the client sends. */
  readonly lookout?: Lookout | undefined;
  /** Ends the session without waiting for calls. */
  readonly signal: AbortSignal;
  /** Ends the session once the calls, which whoever fires it aborts, have answered. */
  readonly stopped: AbortSignal;
}

/** Serves one client over stdin and stdout until input ends, the reader goes away or a signal fires. */
export async function serveStdio({ gateway, logger, lookout, signal, stopped }: StdioOptions): Promise<void> {
  const server = createMcpServer({ gateway, session: randomUUID(), logger, lookout });
  const gone = new AbortController();
  // A client that stops reading makes writes fail; that ends the session, it is no crash.
  process.stdout.on('error', () => gone.abort());
  process.stdin.on('error', () => gone.abort());
  const stop = AbortSignal.any([signal, gone.signal]);
  const ended = once(process.stdin, 'end', { signal: AbortSignal.any([stop, stopped]) }).catch(
    () => undefined,
  );
  await server.connect(new StdioServerTransport());
  await ended;
  const patience = Date.now() + GRACE_MS;
  // At least one turn, so that messages read last are handed to the server before it is asked.
  do await sleep(GRACE_STEP_MS);
  while (server.calls() > 0 && !stop.aborted && Date.now() < patience);
  await server.close();
}
