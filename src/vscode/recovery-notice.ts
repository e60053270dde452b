import * as vscode from 'vscode';
import type { Recovery } from '../shared/recovery.ts';

/** Tells the person what this window mended by itself, or that something keeps ending. */
export async function showRecovery(
  { what, pausedMs }: Recovery,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const chosen =
    pausedMs === undefined
      ? await vscode.window.showInformationMessage(replaced(what), showLog)
      : await vscode.window.showWarningMessage(paused(what), showLog);
  if (chosen === showLog) log.show();
}

function replaced(what: Recovery['what']): string {
  return what === 'isolate'
    ? vscode.l10n.t('The process that runs the WorkOS tools ended and was replaced. There is nothing to do.')
    : vscode.l10n.t('The MCP endpoint for agents ended and was replaced. There is nothing to do.');
}

function paused(what: Recovery['what']): string {
  return what === 'isolate'
    ? vscode.l10n.t(
        'The process that runs the WorkOS tools keeps ending. It is left alone for a while, and calls answer an error until then.',
      )
    : vscode.l10n.t(
        'The MCP endpoint for agents keeps ending. It is left alone for a while; the views and commands work without it.',
      );
}
