import * as vscode from 'vscode';
import { openStateDir } from '../../access/state-dir.ts';
import { auditDirectory } from '../../audit/directories.ts';
import { latestEntries } from '../../audit/latest.ts';
import type { WriteAccess } from '../environments/write-access.ts';
import { AUDIT_SCHEME, COMMANDS } from '../ids.ts';
import type { Settings } from '../settings.ts';
import { SingleDocument } from '../single-document.ts';
import { cleanSentences } from '../text/sentences.ts';
import type { AuditRoom } from './audit-room.ts';
import { policyNow } from './policy-now.ts';
import { renderTrail } from './render-trail.ts';
import { openWindowTrail } from './window-trail.ts';

/** The document shows so many records. */
const MOST_ROWS = 500;

export interface AuditOptions {
  readonly context: Pick<vscode.ExtensionContext, 'secrets' | 'asAbsolutePath'>;
  readonly settings: Settings;
  readonly access: () => Pick<WriteAccess, 'allowed'>;
  readonly log: vscode.LogOutputChannel;
}

/** Opens it; no file is made before the first call or event, and none is read before a command asks. */
export function openAudit({ context, settings, access, log }: AuditOptions): AuditRoom {
  const dir = openStateDir();
  let telling = false;
  const trail = openWindowTrail({
    dir,
    secrets: context.secrets,
    policy: () => policyNow(settings, access()),
    warn: (message) => log.warn(message),
    failed: (reason) => {
      // One notice at a time, however often it fails.
      if (telling) return;
      telling = true;
      void tellUnrecorded(reason).then(() => (telling = false));
    },
  });
  const document = new SingleDocument({
    scheme: AUDIT_SCHEME,
    title: vscode.l10n.t('Audit Trail'),
    text: () => {
      const directory = auditDirectory(openStateDir());
      const entries = latestEntries(directory, MOST_ROWS);
      return renderTrail(vscode.l10n, { entries, read: new Date(), audit: directory });
    },
  });
  return {
    trail,
    document,
    directory: () => auditDirectory(dir),
    build: context.asAbsolutePath('dist'),
    dispose: () => document.dispose(),
  };
}

/** Says why nothing can be recorded, and what that means. */
async function tellUnrecorded(reason: string): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t(
    'The audit trail can’t be written: {0}. Reading goes on unrecorded; changes are refused until it works again.',
    reason.replace(/\.$/u, ''),
  );
  if ((await vscode.window.showWarningMessage(cleanSentences(text), showLog)) === showLog)
    await vscode.commands.executeCommand(COMMANDS.showLog);
}
