import { afterAll, beforeEach } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';
import { type CallScope, createWorkosClient, type WorkosClient } from '../../../src/workos/client.ts';
import type { WorkosPort } from '../../../src/workos/port.ts';
import { SILENT } from '../egress/support.ts';

/** A sample account and the client under test, connected over real HTTP. */
export interface Connected {
  readonly sandbox: Sandbox;
  readonly client: WorkosClient;
  readonly port: WorkosPort;
  /** The port of one call, with its own signal and progress. */
  readonly forCall: (scope?: Partial<CallScope>) => WorkosPort;
}

/** A client of an API at this address. */
export function clientOf(baseUrl: string, apiKey: string | undefined): WorkosClient {
  return createWorkosClient({ baseUrl, http: createHttp({ baseUrl, apiKey, logger: SILENT }) });
}

/** Starts an account for a test file; its faults and request log start empty in every test. */
export async function connect(options?: SandboxOptions): Promise<Connected> {
  const sandbox = await startSandbox(options);
  const client = clientOf(sandbox.url, sandbox.apiKey);
  const forCall = (scope: Partial<CallScope> = {}) =>
    client.forCall({ signal: new AbortController().signal, progress: () => undefined, ...scope });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    sandbox.faults.clear();
    sandbox.requests.clear();
  });
  return { sandbox, client, forCall, port: forCall() };
}

/** The first row, for tests that need just one. */
export function first<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('There is no row.');
  return row;
}

/** Reads a stream of rows to its end. */
export async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}
