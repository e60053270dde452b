import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';
import type { Environments } from '../environments/environments.ts';
import { environmentChoices } from './environment-choices.ts';
import { askPick } from './step-inputs.ts';

/** Forgets an environment and its key, after a question; until the message about it goes, it can be brought back. */
export async function removeEnvironment(environments: Environments): Promise<void> {
  const list = environments.list();
  if (list.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is no environment to remove.'));
    return;
  }
  const answer = await askPick({
    title: vscode.l10n.t('WorkOS: Remove Environment'),
    placeholder: vscode.l10n.t('Which environment should this machine forget?'),
    choices: environmentChoices(list, environments.active()?.id),
  });
  if (typeof answer === 'string') return;
  const name = cleanLabel(answer.value.name);
  const remove = vscode.l10n.t('Remove');
  const sure = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove the environment "{0}"?', name),
    {
      modal: true,
      detail: vscode.l10n.t('Its API key is deleted from this machine. Nothing changes at WorkOS.'),
    },
    remove,
  );
  if (sure !== remove) return;
  const removed = await environments.remove(answer.value.id);
  if (removed === undefined) return;
  const undo = vscode.l10n.t('Undo');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Removed the environment {0} and its API key.', name),
    undo,
  );
  if (chosen === undo) await environments.restore(removed);
}
