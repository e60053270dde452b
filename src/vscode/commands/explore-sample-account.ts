import * as vscode from 'vscode';
import type { Logger } from '../../shared/logger.ts';
import type { Accounts } from '../environments/accounts.ts';
import { type Environments, SAMPLE } from '../environments/environments.ts';
import { tellError } from './tell-error.ts';

/** Starts the sample account, makes it this window's environment and shows the views. */
export async function exploreSampleAccount(
  environments: Environments,
  accounts: Accounts,
  log: Logger,
): Promise<void> {
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Window,
        title: vscode.l10n.t('Starting the sample account…'),
      },
      () => accounts.startSample(),
    );
  } catch (error) {
    log.error(`The sample account could not be started: ${String(error)}`);
    await tellError(vscode.l10n.t('The sample account could not be started.'), { again: false });
    return;
  }
  await environments.activate(SAMPLE.id);
  await vscode.commands.executeCommand('workbench.view.extension.workos');
}
