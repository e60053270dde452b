import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  type RequestId,
  type ServerNotification,
} from '@modelcontextprotocol/sdk/types.js';
import type { Caller, CallerToken } from '../gateway/caller.ts';
import { cleanClient } from '../gateway/clean-client.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { isToolName } from '../tools/registry.ts';
import type { Ask } from './ask.ts';
import { offerCompletion } from './completion.ts';
import { confirmThrough } from './confirm.ts';
import { definitionOf } from './definitions.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { refuseMessages } from './refuse-messages.ts';
import { progressReporter } from './progress.ts';
import { offerPrompts } from './prompts.ts';
import { ProtocolError } from './protocol-error.ts';
import { offerResources } from './resources.ts';
import { toCallResult } from './result.ts';
import { VERSION } from './version.ts';

const CAPABILITIES = {
  tools: { listChanged: true },
  resources: { listChanged: true },
  prompts: {},
  completions: {},
};

export interface McpServerOptions {
  readonly gateway: Gateway;
  /** Names the session in the record of its calls. */
  readonly session: string;
  /** The connection token the session was opened with, if it was, as it is called now. */
  readonly token?: () => CallerToken | undefined;
  readonly logger: Logger;
  /** Looks for decoys in what the client sends. */
  readonly lookout?: Lookout | undefined;
  /** Told when a cancelled call has ended: no answer follows, so a stream kept for it can go. */
  readonly onCancelled?: (request: RequestId) => void;
}

/** One MCP session: a server belongs to one transport and is never shared. */
export interface McpServer {
  connect(transport: Transport): Promise<void>;
  close(): Promise<void>;
  /** Tool calls being worked on. */
  calls(): number;
  /** The client, as it calls itself. */
  client(): { readonly name: string; readonly version: string };
  /** Tells the client that other tools are allowed now, or that it is another account whose objects it may list. */
  changed(): Promise<void>;
}

/** Speaks MCP for one client; every call goes to the gateway. */
export function createMcpServer(options: McpServerOptions): McpServer {
  const { gateway, session, token, logger, lookout, onCancelled } = options;
  const server = new Server(
    { name: 'workos-mcp', title: 'WorkOS', version: VERSION },
    { capabilities: CAPABILITIES, instructions: INSTRUCTIONS },
  );
  let running = 0;
  const ask: Ask = async (tool, input, { signal, requestId, sendNotification, sendRequest, _meta }) => {
    const notify = (notification: ServerNotification) => {
      sendNotification(notification).catch((error: unknown) =>
        logger.debug(`progress not sent: ${String(error)}`),
      );
    };
    const confirm = confirmThrough(server.getClientCapabilities(), sendRequest, signal);
    running += 1;
    try {
      return await gateway.invoke(tool, input, caller(), {
        signal,
        progress: progressReporter(_meta?.progressToken, notify),
        ...(confirm && { confirm }),
      });
    } finally {
      running -= 1;
      if (signal.aborted) onCancelled?.(requestId);
    }
  };
  server.onerror = (error) => logger.debug(`mcp: ${error.message}`);
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: gateway.listTools(token?.()?.scope).map(definitionOf),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { name } = params;
    if (!isToolName(name)) throw unknownTool(name);
    return toCallResult(await ask(name, params.arguments, extra));
  });
  offerPrompts(server);
  offerResources(server, ask);
  offerCompletion(server, ask, logger);

  function caller(): Caller {
    const named = token?.();
    return { kind: 'agent', session, client: client(), ...(named && { token: named }) };
  }

  function client() {
    return cleanClient(server.getClientVersion() ?? { name: 'unknown', version: '' });
  }

  return {
    connect: async (transport) => {
      await server.connect(transport);
      refuseMessages(transport, lookout, () => server.getClientVersion() && client().name);
    },
    close: () => server.close(),
    calls: () => running,
    client,
    changed: async () => {
      if (server.transport === undefined) return;
      await server.sendToolListChanged();
      await server.sendResourceListChanged();
    },
  };
}

function unknownTool(name: string): ProtocolError {
  const shown = JSON.stringify(name.slice(0, 100));
  return new ProtocolError(
    ErrorCode.InvalidParams,
    `Unknown tool ${shown}. tools/list names the tools there are.`,
  );
}
