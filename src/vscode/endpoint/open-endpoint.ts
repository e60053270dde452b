import type { Tokens } from '../../access/tokens.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Accounts } from '../environments/accounts.ts';
import { tellEndpointFailed, tellPortTaken } from '../notices.ts';
import { endpointPort, type Settings } from '../settings.ts';
import { openTokens, type WindowTokensOptions } from '../tokens/open-tokens.ts';
import { McpEndpoint, type McpEndpointOptions } from './mcp-endpoint.ts';

export interface Entry {
  readonly endpoint: McpEndpoint;
  readonly tokens: Tokens;
  dispose(): void;
}

export interface EntryOptions {
  readonly accounts: Accounts;
  readonly log: Logger;
  readonly settings: Settings;
  /** True while nothing may be served. */
  readonly halted: () => boolean;
  /** Looks for decoys in what clients send. */
  readonly lookout: McpEndpointOptions['lookout'];
  /** Told how many sessions are open. */
  readonly onSessions: McpEndpointOptions['onSessions'];
  /** Told when the endpoint was replaced, or keeps ending. */
  readonly recovered: McpEndpointOptions['recovered'];
  /** Told of each change of a connection token made in this window, once it is written. */
  readonly tokenChanged?: NonNullable<WindowTokensOptions['changed']>;
}

/** The way into this window for clients, and the connection tokens that open it besides its own. */
export function openEndpoint({
  accounts,
  log,
  settings,
  halted,
  lookout,
  onSessions,
  recovered,
  tokenChanged,
}: EntryOptions): Entry {
  const tokens = openTokens({ log, ...(tokenChanged && { changed: tokenChanged }) });
  const endpoint = new McpEndpoint({
    gateway: accounts,
    logger: log,
    settled: () => accounts.settled(),
    failed: () => void tellEndpointFailed(),
    halted,
    lookout,
    onSessions,
    recovered,
    gate: tokens.gate,
    port: () => endpointPort(settings),
    portTaken: (port) => void tellPortTaken(port),
  });
  return {
    endpoint,
    tokens: tokens.tokens,
    dispose: () => {
      endpoint.dispose();
      tokens.dispose();
    },
  };
}
