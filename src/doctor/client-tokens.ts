import type { StateDir } from '../access/state-dir.ts';
import { lastStop } from '../access/switch-file.ts';
import { findToken, readTokens, statusOf, type TokenStatus } from '../access/token-file.ts';
import type { ClientEntry } from './client-entries.ts';
import type { Fault } from './finding.ts';

const UNKNOWN: Fault = {
  status: 'warn',
  found: 'its connection token was not issued here: at best it works until the server that printed it ends',
  fix: 'Make one: "workos-mcp tokens issue". Never use a configuration that you did not make yourself, as one that was found on this disk.',
};

/** What is wrong with the tokens in a client's configuration. Says the same of every token that was not issued, whatever it is: this must not tell a thief which one is a decoy. */
export function tokenFaults(
  { tokens }: ClientEntry,
  { shared, dir }: { readonly shared: boolean; readonly dir: StateDir },
): Fault[] {
  if (tokens.length === 0) return [];
  const spelled: Fault = {
    status: 'warn',
    found: 'a connection token is written in it, in a project that others may get',
    fix: 'Move this server into the configuration in your home directory, or write a variable in place of the token. Then revoke the token: "workos-mcp tokens revoke".',
  };
  return [...(shared ? [spelled] : []), ...tokens.flatMap((token) => faultOf(statusIn(dir, token)))];
}

function faultOf(status: TokenStatus | 'unknown' | 'unreadable'): Fault[] {
  if (status === 'active' || status === 'unreadable') return [];
  if (status === 'unknown') return [UNKNOWN];
  const fix =
    status === 'disabled'
      ? 'Enable it: "workos-mcp tokens enable".'
      : 'Make another: "workos-mcp tokens issue".';
  return [{ status: 'warn', found: `its connection token is ${status}`, fix }];
}

/** Tokens that can't be read are a finding of their own. */
function statusIn(dir: StateDir, token: string): TokenStatus | 'unknown' | 'unreadable' {
  try {
    const entry = findToken(readTokens(dir), token);
    if (entry === undefined) return 'unknown';
    return statusOf(entry, { now: Date.now(), lastStop: lastStop(dir).mark });
  } catch {
    return 'unreadable';
  }
}
