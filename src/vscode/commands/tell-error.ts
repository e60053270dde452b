import * as vscode from 'vscode';
import type { AppError } from '../../shared/errors.ts';
import { COMMANDS } from '../ids.ts';
import { cleanSentences } from '../text/sentences.ts';

/** Why something failed, and what to do. */
export type Trouble = string | Pick<AppError, 'message' | 'hint'>;

export interface Remedies {
  /** Offers to try again; on unless told. */
  readonly again?: boolean;
  /** Offers the log; on unless told. */
  readonly log?: boolean;
}

/** Shows why something failed and what to do; true when the person wants to try again. */
export async function tellError(
  trouble: Trouble,
  { again = true, log = true }: Remedies = {},
): Promise<boolean> {
  const [tryAgain, showLog] = [vscode.l10n.t('Try Again'), vscode.l10n.t('Show Log')];
  const chosen = await vscode.window.showErrorMessage(
    typeof trouble === 'string' ? cleanSentences(trouble) : cleanSentences(trouble.message, trouble.hint),
    ...(again ? [tryAgain] : []),
    ...(log ? [showLog] : []),
  );
  if (chosen === showLog) await vscode.commands.executeCommand(COMMANDS.showLog);
  return chosen === tryAgain;
}
