import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import { cleanLabel } from '../clean-text.ts';
import { documentTitle } from '../details/target.ts';
import type { Environments } from '../environments.ts';
import { SCHEME } from '../ids.ts';
import { withCancel } from '../progress.ts';
import { type EventQuestion, parseQuestion, questionPath } from './question.ts';
import { type EventReport, readEvents } from './read-events.ts';
import { renderEvents, type ShownEvents } from './render-events.ts';

/** Answers kept for documents that are not open. */
const KEPT_CLOSED = 5;

/** The documents of security events: what was read stays in memory, so that filtering sends nothing. */
export class EventDocuments implements vscode.Disposable {
  readonly #invoke: Invoke;
  readonly #environments: Environments;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #shown = new Map<string, ShownEvents>();
  readonly onDidChange = this.#changed.event;

  constructor(invoke: Invoke, environments: Environments) {
    this.#invoke = invoke;
    this.#environments = environments;
  }

  /** Reads the answer to a question and shows it; cancelled before the first row, it shows nothing. */
  async open(question: EventQuestion, name: string): Promise<void> {
    const query = this.#environments.active()?.id ?? '';
    const title = documentTitle(vscode.l10n.t('Security events of {0}', name), question.organization);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: questionPath(question, title), query });
    const report = await this.#read(question, name);
    if (report.ending === 'cancelled' && report.rows.length === 0) return;
    this.#show(uri, { question, name, report, filter: '' });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  /** Asks the question of a document again and keeps its filter; false for a document of another kind. */
  async read(uri: vscode.Uri): Promise<boolean> {
    const question = parseQuestion(uri.path);
    if (question === undefined) return false;
    const { name = question.organization, filter = '' } = this.shown(uri) ?? {};
    const report = await this.#read(question, name);
    if (report.ending === 'cancelled' && report.rows.length === 0) return true;
    this.#show(uri, { question, name, report, filter });
    return true;
  }

  /** What a document shows, once it has been read. */
  shown(uri: vscode.Uri): ShownEvents | undefined {
    return this.#shown.get(uri.toString());
  }

  /** Shows only the rows that match; empty shows all. Nothing is read. */
  filter(uri: vscode.Uri, filter: string): void {
    const shown = this.shown(uri);
    if (shown !== undefined && shown.filter !== filter) this.#show(uri, { ...shown, filter });
  }

  /** The text of a document, once it has been read. */
  content(uri: vscode.Uri): string | undefined {
    const shown = this.shown(uri);
    return shown && renderEvents(vscode.l10n, shown);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #show(uri: vscode.Uri, shown: ShownEvents): void {
    this.#shown.delete(uri.toString());
    this.#shown.set(uri.toString(), shown);
    this.#forget();
    this.#changed.fire(uri);
  }

  /** Lets go of the oldest answers that no editor shows; a closed one can be opened again for a while. */
  #forget(): void {
    const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.toString()));
    const closed = [...this.#shown.keys()].filter((key) => !open.has(key));
    for (const key of closed.slice(0, -KEPT_CLOSED)) this.#shown.delete(key);
  }

  async #read(question: EventQuestion, name: string): Promise<EventReport> {
    const title = vscode.l10n.t('Reading security events of {0}', cleanLabel(name));
    return withCancel(title, async ({ signal, report }) =>
      readEvents(this.#invoke, question, {
        signal,
        progress: (read) => report(vscode.l10n.t('Read {0} events', read)),
        waiting: report,
      }),
    );
  }
}
