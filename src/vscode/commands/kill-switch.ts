import * as vscode from 'vscode';
import type { KillSwitch } from '../../access/kill-switch.ts';
import { StateError } from '../../access/state-error.ts';
import { COMMANDS } from '../ids.ts';
import { agreesToResume } from '../serving/tell-quarantined.ts';
import { tellError } from './tell-error.ts';

/** The command "Stop Everything": done at once, since a question would cost the time it is there to save. */
export async function stopEverything(kill: Pick<KillSwitch, 'kill'>): Promise<void> {
  if (await done(() => kill.kill('VS Code'))) await tellStopped();
}

/** Says that everything is stopped, and offers to resume. */
export async function tellStopped(): Promise<void> {
  const lift = vscode.l10n.t('Resume');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'WorkOS is stopped, in every window and program of yours: nothing is read or changed until you resume.',
    ),
    lift,
  );
  if (chosen === lift) await vscode.commands.executeCommand(COMMANDS.resume);
}

/** The command "Resume"; after a quarantine it says first what was seen, and asks. */
export async function resume(kill: Pick<KillSwitch, 'resume' | 'state'>): Promise<void> {
  if (!(await agreesToResume(kill.state()))) return;
  let stopped = false;
  const worked = await done(() => {
    stopped = kill.resume();
  });
  if (!worked) return;
  await vscode.window.showInformationMessage(
    stopped
      ? vscode.l10n.t('WorkOS runs again. Agents get a new address and token.')
      : vscode.l10n.t('WorkOS was not stopped.'),
  );
}

/** True when it worked; the person has been told why where it did not. */
async function done(act: () => void): Promise<boolean> {
  try {
    act();
    return true;
  } catch (thrown) {
    if (!(thrown instanceof StateError)) throw thrown;
    await tellError(thrown.message, { again: false });
    return false;
  }
}
