import { afterEach } from 'vitest';
import type { Gateway } from '../../src/gateway/gateway.ts';
import type { InvokeOptions } from '../../src/gateway/steps.ts';
import { type HttpOptions, type HttpServer, startHttpServer } from '../../src/mcp/http.ts';
import { newToken } from '../../src/mcp/http-guard.ts';
import { AppError } from '../../src/shared/errors.ts';
import { tools } from '../../src/tools/registry.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** What every tool does: answer with a value, or throw. */
export type Act = (options: InvokeOptions, input: unknown) => Promise<unknown>;

/** Serves MCP over HTTP in this process, with tools that do what the test says; ends with the test. */
export async function serveFake(
  act: Act,
  listTools: Gateway['listTools'] = () => Object.values(tools),
  more: Pick<HttpOptions, 'gate' | 'tokenInPath' | 'lookout' | 'metrics'> = {},
) {
  const callers: unknown[] = [];
  const invoke = async (_name: string, input: unknown, caller: unknown, options: InvokeOptions = {}) => {
    callers.push(caller);
    return act(options, input).then(
      (value) => ({ ok: true as const, value }),
      (error: unknown) => ({
        ok: false as const,
        error: error instanceof AppError ? error : new AppError({ code: 'INTERNAL', message: String(error) }),
      }),
    );
  };
  const gateway = { invoke, listTools } as unknown as Gateway;
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const server = await startHttpServer({ gateway, port: 0, token: newToken(), logger, ...more });
  servers.push(server);
  return { ...server, port: Number(new URL(server.url).port), callers };
}

/** A call that only ends by being aborted; `onAbort` hears of it. */
export function untilAborted(onAbort: () => void = () => undefined): Act {
  return ({ signal }) =>
    new Promise((_resolve, reject) => {
      if (signal === undefined) throw new Error('The call came without a signal.');
      signal.addEventListener('abort', () => {
        onAbort();
        reject(new AppError({ code: 'CANCELLED', message: 'The call was cancelled.' }));
      });
    });
}
