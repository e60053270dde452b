import * as vscode from 'vscode';
import type { Accounts } from '../environments/accounts.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { DocumentMemory } from '../document-memory.ts';
import type { StoredEnvironment } from '../environments/environments.ts';
import { documentTitle } from '../text/file-names.ts';
import { SCHEME } from '../ids.ts';
import { withCancel } from '../progress.ts';
import { type EventQuestion, parseQuestion, questionPath } from './question.ts';
import { readEvents } from './read-events.ts';
import { renderEvents, type ShownEvents } from './render-events.ts';

/** The documents of security events: what was read stays in memory, so that filtering sends nothing. */
export class EventDocuments implements vscode.Disposable {
  readonly #accounts: Pick<Accounts, 'at'>;
  readonly #memory = new DocumentMemory<ShownEvents>({
    changed: new vscode.EventEmitter<vscode.Uri>(),
    open: () => vscode.workspace.textDocuments.map(({ uri }) => uri),
  });
  readonly onDidChange = this.#memory.onDidChange;

  constructor(accounts: Pick<Accounts, 'at'>) {
    this.#accounts = accounts;
  }

  /** Reads the answer to a question and shows it; cancelled before the first row, it shows nothing. */
  async open(
    question: EventQuestion,
    name: string,
    environment: StoredEnvironment | undefined,
  ): Promise<void> {
    const title = documentTitle(vscode.l10n.t('Security events of {0}', name), question.organization);
    const path = questionPath(question, title);
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: environment?.id ?? '' });
    if (!(await this.#read(uri, { question, name, filter: '' }, environment))) return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  /** Asks the question of a document again and keeps its filter. */
  async read(uri: vscode.Uri, environment: StoredEnvironment | undefined): Promise<void> {
    const question = parseQuestion(uri.path);
    if (question === undefined) return;
    const { name = question.organization, filter = '' } = this.shown(uri) ?? {};
    await this.#read(uri, { question, name, filter }, environment);
  }

  /** What a document shows, once it has been read. */
  shown(uri: vscode.Uri): ShownEvents | undefined {
    return this.#memory.get(uri);
  }

  /** Shows only the rows that match; empty shows all. Nothing is read. */
  filter(uri: vscode.Uri, filter: string): void {
    const shown = this.shown(uri);
    if (shown !== undefined && shown.filter !== filter) this.#memory.set(uri, { ...shown, filter });
  }

  /** The text of a document, once it has been read. */
  content(uri: vscode.Uri): string | undefined {
    const shown = this.shown(uri);
    return shown && renderEvents(vscode.l10n, shown);
  }

  dispose(): void {
    this.#memory.dispose();
  }

  /** Keeps the answer; false when it was cancelled before the first row, and nothing is kept. */
  async #read(
    uri: vscode.Uri,
    asked: Omit<ShownEvents, 'report'>,
    environment: StoredEnvironment | undefined,
  ): Promise<boolean> {
    const invoke = this.#accounts.at(environment);
    const title = vscode.l10n.t('Reading security events of {0}', cleanLabel(asked.name));
    const report = await withCancel(title, async ({ signal, report: say }) =>
      readEvents(invoke, asked.question, {
        signal,
        progress: (read) => say(vscode.l10n.t('Events read: {0}', read)),
        waiting: say,
      }),
    );
    if (report.ending === 'cancelled' && report.rows.length === 0) return false;
    this.#memory.set(uri, { ...asked, report });
    return true;
  }
}
