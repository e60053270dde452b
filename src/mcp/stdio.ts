import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Gateway } from '../gateway/gateway.ts';
import { lineReader } from '../shared/lines.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { createMcpServer } from './server.ts';

/** After the end of input, calls have this long to answer before they are aborted; the first one waits for the tools to start. */
const GRACE_MS = 2_000;
const GRACE_STEP_MS = 10;
/** As much as the SDK holds of a line. */
const LINE_BYTES = 10 * 1024 * 1024;

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
  const unhear = hearNoMessages((line) => lookout?.look(line, 'what is no message', server.client().name));
  await ended;
  const patience = Date.now() + GRACE_MS;
  // At least one turn, so that messages read last are handed to the server before it is asked.
  do await sleep(GRACE_STEP_MS);
  while (server.calls() > 0 && !stop.aborted && Date.now() < patience);
  unhear();
  await server.close();
}

/** Tells of each line of stdin that is no message, which the SDK drops, until the function it returns is called. */
function hearNoMessages(tell: (line: string) => void): () => void {
  const read = lineReader(LINE_BYTES, (line) => {
    if (!isMessage(line)) tell(line);
  });
  const onData = (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      // A line that is too long: the SDK reads no further, either.
      unhear();
    }
  };
  const unhear = () => void process.stdin.off('data', onData);
  process.stdin.on('data', onData);
  return unhear;
}

function isMessage(line: string): boolean {
  try {
    return JSONRPCMessageSchema.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}
