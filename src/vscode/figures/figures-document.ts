import * as vscode from 'vscode';
import { FIGURES_SCHEME } from '../ids.ts';
import { documentTitle } from '../text/file-names.ts';
import type { Figures } from './figures.ts';
import { Renewal } from './renewal.ts';
import { renderFigures } from './render-figures.ts';

/** The read-only document of figures and incidents. It reads the files of this machine while it is seen, and never WorkOS. */
export class FiguresDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #figures: Pick<Figures, 'now'>;
  readonly #priceFault: string | undefined;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #renewal = new Renewal({ renew: () => this.#renew(), shown: () => this.#shown() });
  readonly #uri = vscode.Uri.from({
    scheme: FIGURES_SCHEME,
    path: `/${documentTitle(vscode.l10n.t('Usage and Incidents'), 'figures')}`,
  });
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(FIGURES_SCHEME, this);
  #text = '';

  constructor(figures: Pick<Figures, 'now'>, priceFault: string | undefined) {
    this.#figures = figures;
    this.#priceFault = priceFault;
  }

  /** Shows it, as things are now. */
  async show(): Promise<void> {
    await this.#renew();
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.#uri), {
      preview: false,
    });
  }

  /** Also asked when a window is restored with it. */
  async provideTextDocumentContent(): Promise<string> {
    if (!this.#renewal.runs) this.#text = await this.#render();
    this.#renewal.start();
    return this.#text;
  }

  dispose(): void {
    vscode.Disposable.from(this.#renewal, this.#registration, this.#changed).dispose();
  }

  async #render(): Promise<string> {
    return renderFigures(vscode.l10n, { ...(await this.#figures.now()), priceFault: this.#priceFault });
  }

  async #renew(): Promise<void> {
    const text = await this.#render();
    if (text === this.#text) return;
    this.#text = text;
    this.#changed.fire(this.#uri);
  }

  #shown(): 'seen' | 'open' | 'closed' {
    const address = this.#uri.toString();
    const isIt = ({ document }: vscode.TextEditor) => document.uri.toString() === address;
    if (vscode.window.visibleTextEditors.some(isIt)) return 'seen';
    return vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === address) ? 'open' : 'closed';
  }
}
