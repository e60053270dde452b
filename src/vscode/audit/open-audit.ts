import * as vscode from 'vscode';
import { openStateDir } from '../../access/state-dir.ts';
import type { WriteAccess } from '../environments/write-access.ts';
import { COMMANDS } from '../ids.ts';
import type { Settings } from '../settings.ts';
import { cleanSentences } from '../text/sentences.ts';
import { policyNow } from './policy-now.ts';
import { openWindowTrail, type WindowTrail } from './window-trail.ts';

export interface AuditOptions {
  readonly secrets: vscode.SecretStorage;
  readonly settings: Settings;
  readonly access: () => Pick<WriteAccess, 'allowed'>;
  readonly log: vscode.LogOutputChannel;
}

/** The audit trail of this window. Where it can't be written, the person is told why. */
export function openAudit({ secrets, settings, access, log }: AuditOptions): WindowTrail {
  let telling = false;
  return openWindowTrail({
    dir: openStateDir(),
    secrets,
    policy: () => policyNow(settings, access()),
    warn: (message) => log.warn(message),
    failed: (reason) => {
      // One notice at a time, however often it fails.
      if (telling) return;
      telling = true;
      void tellUnrecorded(reason).then(() => (telling = false));
    },
  });
}

async function tellUnrecorded(reason: string): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t(
    'The audit trail can’t be written: {0}. Reading goes on unrecorded; changes are refused until it works again.',
    reason.replace(/\.$/u, ''),
  );
  if ((await vscode.window.showWarningMessage(cleanSentences(text), showLog)) === showLog)
    await vscode.commands.executeCommand(COMMANDS.showLog);
}
