import * as vscode from 'vscode';
import { DIAGNOSTICS_SCHEME } from './ids.ts';
import { documentTitle } from './text/file-names.ts';

/** The read-only document of what was found when this installation was looked at last. */
export class DiagnosticsDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(DIAGNOSTICS_SCHEME, this);
  readonly #uri = vscode.Uri.from({
    scheme: DIAGNOSTICS_SCHEME,
    path: `/${documentTitle(vscode.l10n.t('Diagnostics'), 'txt')}`,
  });
  #text = vscode.l10n.t('Run Diagnostics looks at this installation.');

  /** Shows a text. */
  async show(text: string): Promise<void> {
    this.#text = text;
    this.#changed.fire(this.#uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.#uri), {
      preview: false,
    });
  }

  /** Also asked when a window is restored with it. */
  provideTextDocumentContent(): string {
    return this.#text;
  }

  dispose(): void {
    vscode.Disposable.from(this.#registration, this.#changed).dispose();
  }
}
