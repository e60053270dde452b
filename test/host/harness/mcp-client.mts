// A real MCP client on the endpoint a person copies out of a window.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Workbench } from './workbench.mts';

/** A client; dispose it: `await using`. */
export interface CopiedClient extends AsyncDisposable, Pick<Client, 'listTools' | 'callTool'> {
  readonly url: string;
  /** The header that lets it in. */
  readonly authorization: string | undefined;
  /** Resolves when the server says that its tools have changed. */
  changed(): Promise<void>;
}

/** How a client's configuration says to reach a server. */
export interface ServerEntry {
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Runs "Copy MCP Endpoint" and connects with what it copied. */
export async function connectCopied(workbench: Workbench): Promise<CopiedClient> {
  await workbench.runCommand('WorkOS: Copy MCP Endpoint');
  await workbench.pick('VS Code');
  await workbench.notification('Copied.').waitFor();
  const text = await workbench.host(({ vscode }) => vscode.env.clipboard.readText());
  await workbench.clearNotifications();
  return connectTo((JSON.parse(text) as { servers: { workos: ServerEntry } }).servers.workos);
}

/** Connects as a client does that has this in its configuration. */
export async function connectTo({ url, headers }: ServerEntry): Promise<CopiedClient> {
  const client = new Client({ name: 'host-test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  await client.connect(transport);
  return {
    url,
    authorization: headers['Authorization'],
    listTools: () => client.listTools(),
    callTool: (call) => client.callTool(call),
    changed: () =>
      new Promise((resolve) => {
        client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve());
      }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** Calls a tool; the text of its answer, be it an error or not. */
export async function callTool(
  client: Pick<CopiedClient, 'callTool'>,
  name: string,
  input: Record<string, unknown>,
): Promise<string> {
  const { content } = await client.callTool({ name, arguments: input });
  return (content as { text?: string }[]).map(({ text = '' }) => text).join('');
}
