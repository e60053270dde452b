import { tokensEndedByStop } from '../access/ended-tokens.ts';
import { describeSighting } from '../access/honeypot.ts';
import { createKillSwitch } from '../access/kill-switch.ts';
import { openStateDir } from '../access/state-dir.ts';
import { type Flags, UsageError } from './parse.ts';
import { print, printError } from './process.ts';
import { AT_TERMINAL, recordDone } from './record-done.ts';
import { askYes, isTerminal } from './terminal.ts';

const ADVICE = [
  'Nobody is ever given a decoy, so whoever showed it read what is not theirs. What to do:',
  '  - find out which agent or program it was, and end it; "workos-mcp audit tail" shows the last calls;',
  '  - replace the API key in the WorkOS dashboard if it may have been read as well.',
].join('\n');

/** `workos-mcp resume`: lifts a stop, after a quarantine on a yes only. Servers that ended are started by whoever started them before. */
export async function runResume({ yes }: Flags): Promise<number> {
  const dir = openStateDir();
  const killSwitch = createKillSwitch(dir);
  const state = killSwitch.state();
  const sighting = state.stopped ? state.sighting : undefined;
  if (sighting !== undefined) printError(`Quarantined. ${describeSighting(sighting)}\n${ADVICE}`);
  if (sighting !== undefined && !yes) {
    if (!isTerminal()) throw new UsageError('After a quarantine, resume takes --yes.', 'resume');
    if (!(await askYes('Let everything run again, with new decoys?'))) {
      print('Everything stays stopped.');
      return 0;
    }
  }
  // Lifted, it could not be told from those before.
  const ended = tokensEndedByStop(dir);
  const lifted = killSwitch.resume();
  print(
    lifted
      ? 'Running again. VS Code goes on by itself; start servers and clients again where you did before.'
      : 'Nothing was stopped.',
  );
  if (lifted && ended > 0)
    print('Connection tokens were revoked: issue new ones with "workos-mcp tokens issue".');
  if (lifted) await recordDone({ command: 'resume', locked: 'ask' }, (events) => events.resumed(AT_TERMINAL));
  return 0;
}
