import { openStateDir } from '../access/state-dir.ts';
import { createTokenGate } from '../access/token-gate.ts';
import { recordExpired } from '../audit/record-expired.ts';
import { recordRefusals } from '../audit/record-refusals.ts';
import { startHttpServer } from '../mcp/http.ts';
import { METRICS_PATH, newToken } from '../mcp/http-guard.ts';
import { VERSION } from '../mcp/version.ts';
import type { Meter } from '../metrics/meter.ts';
import { recordRefusal } from '../metrics/record-incidents.ts';
import { PROMETHEUS_TYPE, prometheusText } from '../metrics/prometheus.ts';
import { streamLogger } from '../shared/logger.ts';
import { clientConfiguration } from './client-configuration.ts';
import { endedLine, LIVE_HEAD, liveLine } from './live-line.ts';
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
  const opened = await openGateway(flags, logger, {
    command: 'serve',
    observers: [(record) => report(liveLine(record))],
  });
  const { events, meter } = opened;
  const tokens = recordExpired(createTokenGate({ dir: openStateDir(), logger }), events, 'serve');
  const gate = recordRefusals(tokens, recordRefusal(meter, events));
  gate.onEnd((_, ended) => report(endedLine(ended)));
  const { port, tokenInPath } = flags;
  if (tokenInPath) logger.warn(PATH_WARNING);
  try {
    const { gateway, lookout } = opened;
    const server = await startHttpServer({
      gateway,
      port,
      token,
      gate,
      tokenInPath,
      logger,
      lookout,
      onSessions: (open) => meter.sessions(open),
      ...(flags.metrics && { metrics: metricsOf(meter) }),
    });
    if (flags.json) print(JSON.stringify({ url: server.url, token }));
    else
      print(welcome(server.url, token, opened, { isolate: await isolation(opened), metrics: flags.metrics }));
    await aborted(AbortSignal.any([signal, opened.stopped]));
    await (opened.stopped.aborted ? server.stop() : server.close());
    opened.stopped.throwIfAborted();
  } finally {
    await gate.close();
    await opened.close();
  }
  return 0;
}

function metricsOf(meter: Meter) {
  return { type: PROMETHEUS_TYPE, text: () => prometheusText(meter, VERSION) };
}

function tokenFrom(text: string | undefined): string {
  if (text === undefined || text === '') return newToken();
  if (/^[\w.~+/-]{32,512}=*$/.test(text)) return text;
  throw new UsageError('WORKOS_MCP_TOKEN needs 32 to 512 letters, digits or . _ ~ + / -', 'serve');
}

/** Starts the isolate, so that it is warm, and says what it is worth. */
function isolation({ gateway }: OpenGateway): Promise<string> {
  return gateway.assurance().catch((thrown: unknown) => `none yet: ${String(thrown)}`);
}

function welcome(
  url: string,
  token: string,
  { account, policy }: OpenGateway,
  { isolate, metrics }: { isolate: string; metrics: boolean },
): string {
  const writes = policy.readOnly === undefined ? 'writes allowed' : 'read-only';
  return [
    `WorkOS MCP ${VERSION} is running. Ctrl+C stops it.`,
    '',
    `  Endpoint  ${url}`,
    ...(metrics ? [`  Metrics   ${new URL(METRICS_PATH, url).href} (same token)`] : []),
    `  Account   ${account.name} (${account.kind}), ${writes}`,
    `  Isolate   ${isolate}`,
    `  State     ${openStateDir().path}`,
    '',
    ...clientConfiguration(url, token),
    '',
    'Calls, as they finish:',
    '',
    LIVE_HEAD,
  ].join('\n');
}
