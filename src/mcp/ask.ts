import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Outcome } from '../gateway/gateway.ts';
import type { Output, ToolName } from '../tools/registry.ts';

/** What comes with a request: its signal, its id, and ways to answer in between. */
export type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Calls a tool for a request of this session's client, as its agent, through the gateway. Never throws. */
export type Ask = <N extends ToolName>(tool: N, input: unknown, extra: Extra) => Promise<Outcome<Output<N>>>;
