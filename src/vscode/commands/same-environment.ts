import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';
import type { Environments, StoredEnvironment } from '../environments/environments.ts';

/** True while the window is still in the environment a command began in; otherwise the person is told where to go. */
export async function isStillIn(
  environment: StoredEnvironment | undefined,
  environments: Pick<Environments, 'active'>,
): Promise<boolean> {
  if (environments.active()?.id === environment?.id) return true;
  await vscode.window.showWarningMessage(
    environment === undefined
      ? vscode.l10n.t('This window has another environment now.')
      : vscode.l10n.t(
          'This window has another environment now. Switch to {0} first.',
          cleanLabel(environment.name),
        ),
  );
  return false;
}
