import * as vscode from 'vscode';
import type { LockRefusal } from '../../lock/check.ts';
import type { Logger } from '../../shared/logger.ts';
import { COMMANDS } from '../ids.ts';
import { cleanSentences } from '../text/sentences.ts';

/** Differences that a notification names; the log has all of them. */
const SHOWN = 5;

/** Says that nothing is served, what differs from the lockfile, and where to settle it. */
export async function tellLocked({ message, file, changes }: LockRefusal, log: Logger): Promise<void> {
  log.error(['Nothing is served:', message, ...changes].join('\n  '));
  const [open, showLog] = [vscode.l10n.t('Open Settings'), vscode.l10n.t('Show Log')];
  const more = changes.length - SHOWN;
  const shown = changes.slice(0, SHOWN).join(', ') + (more > 0 ? `, ${vscode.l10n.t('{0} more', more)}` : '');
  const chosen = await vscode.window.showErrorMessage(
    cleanSentences(text(message, file, shown)),
    ...(file === undefined ? [] : [open]),
    showLog,
  );
  if (chosen === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'workos.lockFile');
  if (chosen === showLog) await vscode.commands.executeCommand(COMMANDS.showLog);
}

function text(message: string, file: string | undefined, changes: string): string {
  if (file === undefined)
    return vscode.l10n.t(
      'WorkOS serves nothing: this build differs from the lockfile it was made with ({0}). Install it again from where you trust it.',
      changes,
    );
  if (changes === '')
    return vscode.l10n.t(
      'WorkOS serves nothing, because the lockfile of the setting workos.lockFile can’t be used: {0}',
      message,
    );
  return vscode.l10n.t(
    'WorkOS serves nothing: this build differs from the lockfile {0} ({1}). If you accept it, renew the lockfile or empty the setting workos.lockFile.',
    file,
    changes,
  );
}
