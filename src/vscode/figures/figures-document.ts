import * as vscode from 'vscode';
import { FIGURES_SCHEME } from '../ids.ts';
import { SingleDocument } from '../single-document.ts';
import type { Figures } from './figures.ts';
import { Renewal } from './renewal.ts';
import { renderFigures } from './render-figures.ts';

/** The read-only document of figures and incidents. It reads the files of this machine while it is seen, and never WorkOS. */
export class FiguresDocument implements vscode.Disposable {
  readonly #figures: Pick<Figures, 'now'>;
  readonly #priceFault: string | undefined;
  readonly #document = new SingleDocument({
    scheme: FIGURES_SCHEME,
    title: vscode.l10n.t('Usage and Incidents'),
    text: () => this.#provide(),
  });
  readonly #renewal = new Renewal({ renew: () => this.#renew(), shown: () => this.#document.shown() });
  #text = '';

  constructor(figures: Pick<Figures, 'now'>, priceFault: string | undefined) {
    this.#figures = figures;
    this.#priceFault = priceFault;
  }

  /** Shows it, as things are now. */
  async show(): Promise<void> {
    await this.#renew();
    await this.#document.show();
  }

  dispose(): void {
    vscode.Disposable.from(this.#renewal, this.#document).dispose();
  }

  /** Also asked when a window is restored with it. */
  async #provide(): Promise<string> {
    if (!this.#renewal.runs) this.#text = await this.#render();
    this.#renewal.start();
    return this.#text;
  }

  async #render(): Promise<string> {
    return renderFigures(vscode.l10n, { ...(await this.#figures.now()), priceFault: this.#priceFault });
  }

  async #renew(): Promise<void> {
    const text = await this.#render();
    if (text === this.#text) return;
    this.#text = text;
    this.#document.refresh();
  }
}
