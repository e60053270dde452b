import { afterEach } from 'vitest';
import { newToken } from '../../../../src/mcp/http-guard.ts';
import { type HttpServer, startHttpServer } from '../../../../src/mcp/http.ts';
import { inProcess } from '../../../../src/isolate/in-process.ts';
import type { CrashLoopLimits } from '../../../../src/shared/crash-loop.ts';
import type { Recovery } from '../../../../src/shared/recovery.ts';
import { createRuntime } from '../../../../src/runtime.ts';
import { EndpointServer } from '../../../../src/vscode/endpoint/endpoint-server.ts';

export const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const gateway = createRuntime({
  account: { baseUrl: 'http://127.0.0.1:9', apiKey: undefined, name: 'None', kind: 'sandbox' },
  policy: () => ({}),
  limits: { idleMs: 1_000, totalMs: 1_000 },
  observers: [],
  logger,
  executor: inProcess,
});

export const PROBE_MS = 100;
const open: EndpointServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((endpoint) => endpoint.close()));
});

export function supervise(
  fails: { times: number } = { times: 0 },
  loop: Partial<CrashLoopLimits> = { ends: 100 },
) {
  const started: HttpServer[] = [];
  const lost = { times: 0 };
  const recovered: Recovery[] = [];
  const endpoint = new EndpointServer({
    start: async () => {
      fails.times -= 1;
      if (fails.times >= 0) throw new Error('no port');
      const server = await startHttpServer({ gateway, port: 0, token: newToken(), logger });
      started.push(server);
      return server;
    },
    logger,
    lost: () => void (lost.times += 1),
    recovered: (recovery) => void recovered.push(recovery),
    probeMs: PROBE_MS,
    loop,
  });
  open.push(endpoint);
  return { endpoint, started, lost, recovered };
}

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

export async function speaks({ url, token }: HttpServer): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify(initialize),
  });
  await response.text();
  return response.status;
}
