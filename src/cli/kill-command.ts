import { tokensEndedByStop } from '../access/ended-tokens.ts';
import { createKillSwitch } from '../access/kill-switch.ts';
import { openStateDir } from '../access/state-dir.ts';
import { countOf } from '../shared/text.ts';
import { type Flags, UsageError } from './parse.ts';
import { print } from './process.ts';
import { AT_TERMINAL, recordDone } from './record-done.ts';
import { describeStop } from './stopped.ts';
import { askYes, isTerminal } from './terminal.ts';

/** `workos-mcp kill`: stops all processes of this user, and keeps them stopped. Needs no account. */
export async function runKill({ yes }: Flags): Promise<number> {
  if (!yes && !isTerminal()) throw new UsageError('Without a terminal, kill takes --yes.', 'kill');
  if (!yes && !(await askYes('Stop every WorkOS MCP server, VS Code window and call of yours?'))) {
    print('Nothing was stopped.');
    return 0;
  }
  const dir = openStateDir();
  const killSwitch = createKillSwitch(dir);
  if (killSwitch.kill('workos-mcp kill')) {
    print('Stopped: every server, window and call of yours. It stays so until "workos-mcp resume".');
    const ended = tokensEndedByStop(dir);
    if (ended > 0) print(`Revoked for good: ${countOf(ended, 'connection token')}.`);
    // Nothing stands in the way of a stop, no question either: what runs records it as well.
    await recordDone({ command: 'kill', locked: 'skip' }, (events) => events.killed(AT_TERMINAL));
    return 0;
  }
  const state = killSwitch.state();
  print(state.stopped ? `Nothing to do: ${describeStop(state)}` : 'Somebody resumed at this moment.');
  return state.stopped ? 0 : 1;
}
