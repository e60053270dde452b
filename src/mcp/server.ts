import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  type CallToolRequest,
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  type RequestId,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { Caller } from '../gateway/caller.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../shared/logger.ts';
import { isToolName, type ToolName } from '../tools/registry.ts';
import { confirmThrough } from './confirm.ts';
import { definitionOf } from './definitions.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { progressReporter } from './progress.ts';
import { toCallResult } from './result.ts';
import { VERSION } from './version.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

export interface McpServerOptions {
  readonly gateway: Gateway;
  /** Names the session in the record of its calls. */
  readonly session: string;
  readonly logger: Logger;
  /** Told when a cancelled call has ended: no answer follows, so a stream kept for it can go. */
  readonly onCancelled?: (request: RequestId) => void;
}

/** One MCP session: a server belongs to one transport and is never shared. */
export interface McpServer {
  connect(transport: Transport): Promise<void>;
  close(): Promise<void>;
  /** Tool calls being worked on. */
  calls(): number;
  /** Tells the client that the list of tools has changed. */
  toolsChanged(): Promise<void>;
}

/** Speaks MCP for one client; every call goes to the gateway. */
export function createMcpServer({ gateway, session, logger, onCancelled }: McpServerOptions): McpServer {
  const server = new Server(
    { name: 'workos-mcp', title: 'WorkOS', version: VERSION },
    { capabilities: { tools: { listChanged: true } }, instructions: INSTRUCTIONS },
  );
  let running = 0;
  server.onerror = (error) => logger.debug(`mcp: ${error.message}`);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: gateway.listTools().map(definitionOf) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { name } = params;
    if (!isToolName(name)) throw new UnknownTool(name);
    running += 1;
    try {
      return await callTool(name, params.arguments, extra);
    } finally {
      running -= 1;
      if (extra.signal.aborted) onCancelled?.(extra.requestId);
    }
  });

  async function callTool(
    name: ToolName,
    input: CallToolRequest['params']['arguments'],
    { signal, sendNotification, sendRequest, _meta }: Extra,
  ): Promise<CallToolResult> {
    const notify = (notification: ServerNotification) => {
      sendNotification(notification).catch((error: unknown) =>
        logger.debug(`progress not sent: ${String(error)}`),
      );
    };
    const confirm = confirmThrough(server.getClientCapabilities(), sendRequest, signal);
    const outcome = await gateway.invoke(name, input, caller(), {
      signal,
      progress: progressReporter(_meta?.progressToken, notify),
      ...(confirm && { confirm }),
    });
    return toCallResult(outcome);
  }

  function caller(): Caller {
    const { name, version } = server.getClientVersion() ?? { name: 'unknown', version: '' };
    return { kind: 'agent', session, client: { name, version } };
  }

  return {
    connect: (transport) => server.connect(transport),
    close: () => server.close(),
    calls: () => running,
    toolsChanged: async () => {
      if (server.transport !== undefined) await server.sendToolListChanged();
    },
  };
}

/** A protocol error; the SDK's McpError would repeat its code in the text. */
class UnknownTool extends Error {
  readonly code = ErrorCode.InvalidParams;

  constructor(name: string) {
    super(`Unknown tool ${JSON.stringify(name.slice(0, 100))}. tools/list names the tools there are.`);
  }
}
