import * as vscode from 'vscode';
import type { AppError } from '../../shared/errors.ts';
import { cleanLabel } from '../clean-text.ts';
import { COMMANDS } from '../ids.ts';

/** Shows why a call failed and what to do; true when the person wants to try again. */
export async function tellError({ message, hint }: AppError): Promise<boolean> {
  const again = vscode.l10n.t('Try Again');
  const log = vscode.l10n.t('Show Log');
  const text = cleanLabel([message, hint].filter(Boolean).join(' '));
  const chosen = await vscode.window.showErrorMessage(text, again, log);
  if (chosen === log) await vscode.commands.executeCommand(COMMANDS.showLog);
  return chosen === again;
}
