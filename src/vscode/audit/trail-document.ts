import * as vscode from 'vscode';
import { openStateDir } from '../../access/state-dir.ts';
import { auditDirectory } from '../../audit/directories.ts';
import { latestEntries } from '../../audit/latest.ts';
import { AUDIT_SCHEME } from '../ids.ts';
import { documentTitle } from '../text/file-names.ts';
import { renderTrail } from './render-trail.ts';

const MOST_ROWS = 500;

/** The read-only document of the latest audit records. It is read when it is opened, and when the person refreshes it. */
export class TrailDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(AUDIT_SCHEME, this);
  readonly #uri = vscode.Uri.from({
    scheme: AUDIT_SCHEME,
    path: `/${documentTitle(vscode.l10n.t('Audit Trail'), 'audit')}`,
  });

  /** Shows it as things are now. */
  async show(): Promise<void> {
    this.refresh();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.#uri), {
      preview: false,
    });
  }

  /** Has it read again. */
  refresh(): void {
    this.#changed.fire(this.#uri);
  }

  provideTextDocumentContent(): string {
    const audit = auditDirectory(openStateDir());
    const entries = latestEntries(audit, MOST_ROWS);
    return renderTrail(vscode.l10n, { entries, read: new Date(), audit });
  }

  dispose(): void {
    vscode.Disposable.from(this.#registration, this.#changed).dispose();
  }
}
