import { openStateDir } from '../access/state-dir.ts';
import { createTokenGate } from '../access/token-gate.ts';
import { startHttpServer } from '../mcp/http.ts';
import { newToken } from '../mcp/http-guard.ts';
import { VERSION } from '../mcp/version.ts';
import { streamLogger } from '../shared/logger.ts';
import { clientConfiguration } from './client-configuration.ts';
import { LIVE_HEAD, liveLine } from './live-line.ts';
import { openGateway, type OpenGateway } from './open-gateway.ts';
import { type Flags, UsageError } from './parse.ts';
import { aborted, print, printError } from './process.ts';

const PATH_WARNING =
  'Connection tokens are accepted in the path: clients, proxies and shells may keep URLs in their logs and histories. Prefer headers where the client can send them.';

/** `workos-mcp serve`: MCP over HTTP until told to stop, or everything is. */
export async function runServe(flags: Flags, signal: AbortSignal): Promise<number> {
  const token = tokenFrom(process.env['WORKOS_MCP_TOKEN']);
  const logger = streamLogger(process.stderr);
  const report = flags.json ? printError : print;
  const opened = await openGateway(flags, logger, { observers: [(record) => report(liveLine(record))] });
  const gate = createTokenGate({ dir: openStateDir(), logger });
  const { port, tokenInPath } = flags;
  if (tokenInPath) logger.warn(PATH_WARNING);
  try {
    const { gateway } = opened;
    const server = await startHttpServer({ gateway, port, token, gate, tokenInPath, logger });
    if (flags.json) print(JSON.stringify({ url: server.url, token }));
    else print(welcome(server.url, token, opened));
    await aborted(AbortSignal.any([signal, opened.stopped]));
    await (opened.stopped.aborted ? server.stop() : server.close());
    opened.stopped.throwIfAborted();
  } finally {
    await gate.close();
    await opened.close();
  }
  return 0;
}

function tokenFrom(text: string | undefined): string {
  if (text === undefined || text === '') return newToken();
  if (/^[\w.~+/-]{32,512}=*$/.test(text)) return text;
  throw new UsageError('WORKOS_MCP_TOKEN needs 32 to 512 letters, digits or . _ ~ + / -', 'serve');
}

function welcome(url: string, token: string, { account, policy }: OpenGateway): string {
  const writes = policy.readOnly === undefined ? 'writes allowed' : 'read-only';
  return [
    `WorkOS MCP ${VERSION} is running. Ctrl+C stops it.`,
    '',
    `  Endpoint  ${url}`,
    `  Account   ${account.name} (${account.kind}), ${writes}`,
    '',
    ...clientConfiguration(url, token),
    '',
    'Calls, as they finish:',
    '',
    LIVE_HEAD,
  ].join('\n');
}
