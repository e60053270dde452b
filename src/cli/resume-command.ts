import { createKillSwitch } from '../access/kill-switch.ts';
import { openStateDir } from '../access/state-dir.ts';
import { print } from './process.ts';
import { AT_TERMINAL, recordDone } from './record-done.ts';

/** `workos-mcp resume`: lifts a stop. Servers that ended are started by whoever started them before. */
export async function runResume(): Promise<number> {
  const lifted = createKillSwitch(openStateDir()).resume();
  print(
    lifted
      ? 'Running again. VS Code goes on by itself; start servers and clients again where you did before.'
      : 'Nothing was stopped.',
  );
  if (lifted) await recordDone({ command: 'resume', locked: 'ask' }, (events) => events.resumed(AT_TERMINAL));
  return 0;
}
