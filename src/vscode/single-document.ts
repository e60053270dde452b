import * as vscode from 'vscode';
import { documentTitle } from './text/file-names.ts';

export interface SingleDocumentOptions {
  readonly scheme: string;
  /** What its tab shows. */
  readonly title: string;
  /** Its text as it is now; asked when it is shown, refreshed, or restored with a window. */
  readonly text: () => string | Promise<string>;
}

/** A read-only document of which a window has one. */
export class SingleDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #text: SingleDocumentOptions['text'];
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri: vscode.Uri;
  readonly #registration: vscode.Disposable;

  constructor({ scheme, title, text }: SingleDocumentOptions) {
    this.#text = text;
    this.#uri = vscode.Uri.from({ scheme, path: `/${documentTitle(title, scheme)}` });
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

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

  /** Whether it is looked at, or only open. */
  shown(): 'seen' | 'open' | 'closed' {
    const address = this.#uri.toString();
    const isIt = ({ document }: vscode.TextEditor) => document.uri.toString() === address;
    if (vscode.window.visibleTextEditors.some(isIt)) return 'seen';
    return vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === address) ? 'open' : 'closed';
  }

  provideTextDocumentContent(): string | Promise<string> {
    return this.#text();
  }

  dispose(): void {
    vscode.Disposable.from(this.#registration, this.#changed).dispose();
  }
}
