import { openStateDir, type StateDir } from '../../access/state-dir.ts';
import { createTokenGate, type TokenGate } from '../../access/token-gate.ts';
import { createTokens, type TokenEvent, type Tokens } from '../../access/tokens.ts';
import type { Logger } from '../../shared/logger.ts';

/** The connection tokens of this user: to manage them, and to decide whom they let in. */
export interface WindowTokens {
  readonly tokens: Tokens;
  readonly gate: TokenGate;
}

export interface WindowTokensOptions {
  readonly log: Logger;
  /** Told of each change made in this window, once it is written. */
  readonly changed?: (change: TokenEvent['kind'], token: TokenEvent['token']) => void;
  readonly dir?: StateDir;
}

/** Opens the tokens that all processes of this user share. */
export function openTokens({ log, changed, dir = openStateDir() }: WindowTokensOptions): WindowTokens {
  const gate = createTokenGate({ dir, logger: log });
  return {
    tokens: createTokens(dir, { onChange: ({ kind, token }) => changed?.(kind, token) }),
    gate,
  };
}
