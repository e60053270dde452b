import { once } from 'node:events';
import type { Server } from 'node:http';

/** Starts to listen and returns the port; 0 takes any free one. Throws an error that says what to do. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new Error(`Can't listen on ${host}:${port}: ${reasonOf(cause)}`, { cause });
  }
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return bound.port;
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE')
    return 'the port is in use. Choose another with --port, or leave it out for a free one.';
  if (code === 'EACCES') return 'this port needs more rights. Choose one above 1023 with --port.';
  return typeof code === 'string' ? code : 'unknown reason';
}
