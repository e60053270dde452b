import type { TokenGate } from '../../access/token-gate.ts';
import type { Tokens } from '../../access/tokens.ts';
import type { AuditEvents } from '../../audit/events.ts';
import { recordExpired } from '../../audit/record-expired.ts';
import { recordRefusals } from '../../audit/record-refusals.ts';
import type { Logger } from '../../shared/logger.ts';
import { SURFACE } from '../audit/record-safety.ts';
import type { Accounts } from '../environments/accounts.ts';
import { tellEndpointFailed, tellPortTaken } from '../notices.ts';
import { endpointPort, type Settings } from '../settings.ts';
import { openTokens } from '../tokens/open-tokens.ts';
import { McpEndpoint, type McpEndpointOptions } from './mcp-endpoint.ts';

export interface Entry {
  readonly endpoint: McpEndpoint;
  readonly tokens: Tokens;
  /** Decides whom the tokens let in; whoever ends the window closes it. */
  readonly gate: TokenGate;
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
  /** Told why requests were refused for their token, and how many. */
  readonly refused: Parameters<typeof recordRefusals>[1];
  /** Records what happens to connection tokens in this window. */
  readonly events: AuditEvents;
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
  refused,
  events,
}: EntryOptions): Entry {
  const tokens = openTokens({
    log,
    changed: (change, token) => void events.token(change, token, { kind: 'person', surface: SURFACE }),
  });
  const gate = recordRefusals(recordExpired(tokens.gate, events, SURFACE), refused);
  const endpoint = new McpEndpoint({
    gateway: accounts,
    logger: log,
    settled: () => accounts.settled(),
    failed: () => void tellEndpointFailed(),
    halted,
    lookout,
    onSessions,
    recovered,
    gate,
    port: () => endpointPort(settings),
    portTaken: (port) => void tellPortTaken(port),
  });
  return {
    endpoint,
    tokens: tokens.tokens,
    gate,
    dispose: () => endpoint.dispose(),
  };
}
