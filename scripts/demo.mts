// Three conversations with the server, played by the MCP SDK's own client. Answers hold nothing but what calls returned.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Input, Output, ToolName } from '../src/tools/registry.ts';

type Call = <N extends ToolName>(tool: N, args: Input<N>) => Promise<Output<N>>;
type Conversation = { question: string; answer: (call: Call) => Promise<string[]> };

const ACME = 'Acme Corp';
const INDENT = ' '.repeat(9);

const conversations: Conversation[] = [
  { question: 'List all organizations in my WorkOS account', answer: organizations },
  { question: `Check the status of SSO connections for '${ACME}'`, answer: connections },
  { question: 'List all users synced from the directory', answer: users },
];

/** Plays the conversations against a running server and prints them; throws if a call fails. */
export async function playDemo({ url, token }: { url: string; token: string }): Promise<void> {
  const client = new Client({ name: 'workos-mcp-demo', version: '1.0' });
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  try {
    print(`An MCP client talks to ${url}, which serves the sample account.`);
    print('Every answer is put together from the results of the calls above it.');
    for (const { question, answer } of conversations) {
      print(`\n${'-'.repeat(100)}\n`);
      print(`You      ${question}\n`);
      const [first, ...rest] = await answer((tool, args) => callTool(client, tool, args));
      print(`\nAnswer   ${first}`);
      for (const line of rest) print(`${INDENT}${line}`);
    }
    print(`\n${'-'.repeat(100)}`);
  } finally {
    await transport.terminateSession();
    await client.close();
  }
}

async function callTool<N extends ToolName>(client: Client, name: N, args: Input<N>): Promise<Output<N>> {
  const started = performance.now();
  const params = { name, arguments: args as Record<string, unknown> };
  const result = await client.request({ method: 'tools/call', params }, CallToolResultSchema);
  const ms = Math.round(performance.now() - started);
  const [block] = result.content;
  const text = block?.type === 'text' ? block.text : '';
  if (result.isError === true) throw new Error(`${name} answered ${text}`);
  print(`Call     ${name} ${JSON.stringify(args)}`);
  print(`${INDENT}${Buffer.byteLength(text).toLocaleString('en-US')} bytes in ${ms} ms`);
  return result.structuredContent as Output<N>;
}

async function organizations(call: Call): Promise<string[]> {
  const { items, complete, total } = await call('list_workos_organizations', { limit: 100 });
  const rows = items.toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
  const count = complete
    ? plural(total ?? items.length, 'organization')
    : `more than ${plural(items.length, 'organization')}`;
  return [
    `I found ${count}:`,
    ...rows.map(({ name, id, domains = [] }, index) => {
      const states = domains.map(({ domain, state }) =>
        state === 'verified' ? domain : `${domain} (${state})`,
      );
      return `${index + 1}. ${name} (${id}): ${states.join(', ') || 'no domain'}`;
    }),
  ];
}

async function connections(call: Call): Promise<string[]> {
  const { items, complete } = await call('list_sso_connections', { organization: ACME });
  const active = items.filter(({ state }) => state === 'active').length;
  const findings = items.flatMap((item) => item.findings ?? []);
  const healthy = complete && items.length > 0 && active === items.length && findings.length === 0;
  return [
    `${ACME} has ${plural(active, 'active SSO connection')}${active === items.length ? '' : ` of ${items.length}`}:`,
    ...items.map(({ name, type, state, id, findings: codes = [] }, index) => {
      const trouble = codes.length > 0 ? `; to look at: ${codes.join(', ')}` : '';
      return `${index + 1}. ${name} (${type}, ${state}, ${id})${trouble}`;
    }),
    healthy
      ? `${items.length === 2 ? 'Both are' : 'All are'} healthy: nothing to look at.`
      : 'Not everything is well.',
  ];
}

async function users(call: Call): Promise<string[]> {
  const { items: directories } = await call('list_directories', { organization: ACME });
  const [directory] = directories;
  if (directory === undefined) return [`${ACME} has no directory.`];
  const { items, total, next_cursor } = await call('list_directory_users', { directory_id: directory.id });
  const newest = items.slice(0, 3).map(({ name, email }) => `${name} (${email})`);
  return [
    `I found ${plural(total ?? items.length, 'user')} in ${directory.name} (${directory.provider}, ${directory.state}).`,
    `The most recently synced are ${newest.slice(0, -1).join(', ')} and ${newest.at(-1)}.`,
    ...(next_cursor === undefined
      ? []
      : [`This page has ${items.length} of them; its cursor leads to the next.`]),
  ];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
