import { serveStdio } from '../mcp/stdio.ts';
import { streamLogger } from '../shared/logger.ts';
import { openGateway } from './open-gateway.ts';
import type { Flags } from './parse.ts';

/** `workos-mcp stdio`: stdout belongs to the protocol, everything else goes to stderr. */
export async function runStdio(flags: Flags, signal: AbortSignal): Promise<number> {
  const logger = streamLogger(process.stderr);
  const opened = await openGateway(flags, logger, { command: 'stdio' });
  try {
    const { gateway, meter, lookout, stopped } = opened;
    meter.sessions(1);
    await serveStdio({ gateway, logger, lookout, signal, stopped });
    meter.sessions(0);
    stopped.throwIfAborted();
  } finally {
    await opened.close();
  }
  return 0;
}
