import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  CallToolResultSchema,
  ElicitRequestSchema,
  type ElicitResult,
} from '@modelcontextprotocol/sdk/types.js';
import { afterAll, expect } from 'vitest';
import type { ErrorDetails } from '../../src/shared/errors.ts';
import type { Input, Output, ToolName } from '../../src/tools/registry.ts';
import { requireBundle } from './bundle.ts';

/** What a client can do besides calling tools. */
export interface ClientOptions {
  readonly name?: string;
  /** Answers the server's questions; a client without it can't be asked. */
  readonly answer?: (question: string) => ElicitResult | Promise<ElicitResult>;
  /** Refuses to open the stream for messages outside a call, as some clients do. */
  readonly refuseGet?: boolean;
}

const AGENT_BYTES = 8_000;
const open = new Set<Client>();
afterAll(async () => {
  await Promise.all([...open].map((client) => client.close()));
});

/** Connects the SDK's own client to a server over HTTP; without a token, by the address alone. */
export async function connectHttp(
  { url, token }: { url: string; token?: string },
  options: ClientOptions = {},
): Promise<Client> {
  const client = createClient(options);
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } },
    ...(options.refuseGet === true && {
      fetch: (target: string | URL, init?: RequestInit) =>
        init?.method === 'GET' ? Promise.resolve(new Response(null, { status: 405 })) : fetch(target, init),
    }),
  });
  await client.connect(transport);
  open.add(client);
  return client;
}

/** Starts the built CLI as a stdio server and connects to it. */
export async function connectStdio({
  args = [],
  env,
  ...options
}: ClientOptions & { args?: readonly string[]; env?: Record<string, string> } = {}): Promise<Client> {
  const client = createClient(options);
  const account = env === undefined ? ['--sandbox'] : [];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [requireBundle(), 'stdio', ...account, ...args],
    env: { WORKOS_MCP_HOME: process.env['WORKOS_MCP_HOME'] ?? '', ...env },
    stderr: 'ignore',
  });
  await client.connect(transport);
  open.add(client);
  return client;
}

function createClient({ name = 'contract-test', answer }: ClientOptions): Client {
  const client = new Client(
    { name, version: '1.0' },
    { capabilities: answer === undefined ? {} : { elicitation: { form: {} } } },
  );
  if (answer !== undefined)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => answer(params.message));
  return client;
}

/** What a call came to. */
export type Called<N extends ToolName> =
  | { readonly ok: true; readonly value: Output<N>; readonly bytes: number }
  | { readonly ok: false; readonly error: ErrorDetails };

/** Clients that know the tools' output schemas, against which the SDK then checks every result. */
const listed = new WeakSet<Client>();

/** Calls a tool and checks what holds for every answer: text equals structured content, which fits the schema, and the byte budget. */
export async function callTool<N extends ToolName>(
  client: Client,
  name: N,
  args: Input<N>,
  options?: RequestOptions,
): Promise<Called<N>> {
  const params = { name, arguments: args as Record<string, unknown> };
  if (!listed.has(client)) await client.listTools();
  listed.add(client);
  const result = CallToolResultSchema.parse(await client.callTool(params, undefined, options));
  const [block, ...more] = result.content;
  expect(more).toEqual([]);
  if (block?.type !== 'text')
    throw new Error(`${name} answered with ${block?.type ?? 'nothing'}, not with text.`);
  const bytes = Buffer.byteLength(block.text);
  expect(bytes).toBeLessThan(AGENT_BYTES);
  if (result.isError === true) {
    expect(result.structuredContent).toBeUndefined();
    return { ok: false, error: JSON.parse(block.text) as ErrorDetails };
  }
  expect(block.text).toBe(JSON.stringify(result.structuredContent));
  return { ok: true, value: result.structuredContent as Output<N>, bytes };
}

/** The value of a call that has to succeed. */
export async function callOk<N extends ToolName>(
  client: Client,
  name: N,
  args: Input<N>,
): Promise<Output<N>> {
  const called = await callTool(client, name, args);
  if (!called.ok) throw new Error(`${name} failed: ${JSON.stringify(called.error)}`);
  return called.value;
}

/** The error of a call that has to fail. */
export async function callError<N extends ToolName>(
  client: Client,
  name: N,
  args: Input<N>,
): Promise<ErrorDetails> {
  const called = await callTool(client, name, args);
  if (called.ok) throw new Error(`${name} succeeded: ${JSON.stringify(called.value)}`);
  return called.error;
}
