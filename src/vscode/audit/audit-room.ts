import * as vscode from 'vscode';
import { openStateDir } from '../../access/state-dir.ts';
import { auditDirectory } from '../../audit/directories.ts';
import { TrailDocument } from './trail-document.ts';
import type { WindowTrail } from './window-trail.ts';

/** What the commands of the audit trail work with. */
export interface AuditRoom extends vscode.Disposable {
  readonly trail: Pick<WindowTrail, 'trail' | 'master'>;
  readonly document: Pick<TrailDocument, 'show' | 'refresh'>;
  /** Where the files are. */
  readonly directory: () => string;
  /** The folder of this build: the verifier and the format are in it. */
  readonly build: string;
}

/** Opens it; no file is read before a command asks. */
export function openAuditRoom(
  context: Pick<vscode.ExtensionContext, 'asAbsolutePath'>,
  trail: AuditRoom['trail'],
): AuditRoom {
  const document = new TrailDocument();
  return {
    trail,
    document,
    directory: () => auditDirectory(openStateDir()),
    build: context.asAbsolutePath('dist'),
    dispose: () => document.dispose(),
  };
}
