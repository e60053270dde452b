import { startHttpServer } from '../mcp/http.ts';
import { newToken } from '../mcp/http-guard.ts';
import { VERSION } from '../mcp/version.ts';
import { streamLogger } from '../shared/logger.ts';
import { LIVE_HEAD, liveLine } from './live-line.ts';
import { openGateway, type OpenGateway } from './open-gateway.ts';
import { type Flags, UsageError } from './parse.ts';
import { aborted, print, printError } from './process.ts';

/** `workos-mcp serve`: MCP over HTTP until told to stop. */
export async function runServe(flags: Flags, signal: AbortSignal): Promise<number> {
  const token = tokenFrom(process.env['WORKOS_MCP_TOKEN']);
  const logger = streamLogger(process.stderr);
  const report = flags.json ? printError : print;
  const opened = await openGateway(flags, logger, {
    command: 'serve',
    observers: [(record) => report(liveLine(record))],
  });
  try {
    const server = await startHttpServer({ gateway: opened.gateway, port: flags.port, token, logger });
    if (flags.json) print(JSON.stringify({ url: server.url, token }));
    else print(welcome(server.url, token, opened));
    await aborted(signal);
    await server.close();
  } finally {
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
  const entry = { type: 'http', url, headers: { Authorization: `Bearer ${token}` } };
  const writes = policy.readOnly === undefined ? 'writes allowed' : 'read-only';
  return [
    `WorkOS MCP ${VERSION} is running. Ctrl+C stops it.`,
    '',
    `  Endpoint  ${url}`,
    `  Account   ${account.name} (${account.kind}), ${writes}`,
    '',
    'VS Code, in .vscode/mcp.json:',
    '',
    indented({ servers: { workos: entry } }),
    '',
    'Claude Code, Cursor and most other clients:',
    '',
    indented({ mcpServers: { workos: entry } }),
    '',
    'Calls, as they finish:',
    '',
    LIVE_HEAD,
  ].join('\n');
}

function indented(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^/gm, '  ');
}
