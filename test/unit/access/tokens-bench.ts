import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { createKillSwitch } from '../../../src/access/kill-switch.ts';
import { openStateDir } from '../../../src/access/state-dir.ts';
import { createTokenGate, type TokenGate } from '../../../src/access/token-gate.ts';
import { createTokens, type TokenEvent } from '../../../src/access/tokens.ts';
import { keepingLogger } from '../gateway/support.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Tokens in a state directory of their own, by a clock that stands still until it is moved. */
export function startTokens() {
  const path = mkdtempSync(join(tmpdir(), 'workos-mcp-tokens-'));
  closing.push(() => rmSync(path, { recursive: true, force: true }));
  const dir = openStateDir(path);
  const clock = { now: Date.now() };
  const events: TokenEvent[] = [];
  const tokens = createTokens(dir, { now: () => clock.now, onChange: (event) => void events.push(event) });
  const file = join(path, 'tokens.json');
  return {
    dir,
    clock,
    events,
    tokens,
    killSwitch: createKillSwitch(dir),
    /** Issues a token for everything, unless told otherwise. */
    issue: (name: string, more: { readOnly?: boolean; tools?: string[]; lifetimeMs?: number } = {}) => {
      const { lifetimeMs, ...scope } = more;
      return tokens.issue({ name, lifetimeMs, scope: { readOnly: false, ...scope } });
    },
    /** A gate over the same directory, as another process has it, with what it says and logs. */
    gate: (now: () => number = () => clock.now) => {
      const logger = keepingLogger();
      const gate = createTokenGate({ dir, logger, now });
      closing.push(() => gate.close());
      const ended: string[] = [];
      gate.onEnd((id) => void ended.push(id));
      return { gate, ended, logger };
    },
    text: () => readFileSync(file, 'utf8'),
    write: (text: string) => writeFileSync(file, text),
  };
}

/** What a gate says of a token in one word. */
export function wordFor(gate: TokenGate, token: string): string {
  const presented = gate.present(token);
  if (presented === undefined) return 'unknown';
  return 'grant' in presented ? 'accepted' : presented.ended;
}
