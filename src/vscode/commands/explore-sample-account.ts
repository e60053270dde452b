import * as vscode from 'vscode';
import type { Accounts } from '../accounts.ts';
import { type Environments, SAMPLE } from '../environments.ts';
import { COMMANDS } from '../ids.ts';

/** Starts the sample account, makes it this window's environment and shows the views. */
export async function exploreSampleAccount(environments: Environments, accounts: Accounts): Promise<void> {
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('Starting the sample account…'),
      },
      () => accounts.startSample(),
    );
  } catch {
    await tellNotStarted();
    return;
  }
  await environments.activate(SAMPLE.id);
  await vscode.commands.executeCommand('workbench.view.extension.workos');
}

async function tellNotStarted(): Promise<void> {
  const open = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t('The sample account could not be started.'),
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand(COMMANDS.showLog);
}
