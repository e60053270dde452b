import * as vscode from 'vscode';
import type { PrivacyPolicy } from '../../privacy/policy.ts';
import type { Accounts } from '../environments/accounts.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { DocumentMemory } from '../document-memory.ts';
import type { StoredEnvironment } from '../environments/environments.ts';
import { documentTitle } from '../text/file-names.ts';
import { SCHEME } from '../ids.ts';
import { withCancel } from '../progress.ts';
import { maskName } from '../values/mask-name.ts';
import type { Reading } from '../values/masked.ts';
import { type HowToRead, isOpen } from '../values/read-documents.ts';
import { type EventQuestion, parseQuestion, questionPath } from './question.ts';
import { type EventReport, type ReadingEvents, readEvents } from './read-events.ts';
import { renderEvents, type ShownEvents } from './render-events.ts';

type Asked = Pick<ShownEvents, 'question' | 'name' | 'filter'>;

/** What a document shows, and where it was read. */
type KeptEvents = ShownEvents & HowToRead & Reading;

export interface EventDocumentsOptions {
  readonly accounts: Pick<Accounts, 'at'>;
  /** What agents do not get, and documents mask. */
  readonly privacy: () => PrivacyPolicy;
}

/** The documents of security events: what was read stays in memory, so that filtering sends nothing. */
export class EventDocuments implements vscode.Disposable {
  readonly #accounts: Pick<Accounts, 'at'>;
  readonly #privacy: () => PrivacyPolicy;
  readonly #memory = new DocumentMemory<KeptEvents>({
    changed: new vscode.EventEmitter<vscode.Uri>(),
    open: () => vscode.workspace.textDocuments.map(({ uri }) => uri),
  });
  readonly onDidChange = this.#memory.onDidChange;

  constructor({ accounts, privacy }: EventDocumentsOptions) {
    this.#accounts = accounts;
    this.#privacy = privacy;
  }

  /** Reads the answer to a question and shows it; cancelled before the first row, it shows nothing. */
  async open(
    question: EventQuestion,
    name: string,
    environment: StoredEnvironment | undefined,
  ): Promise<void> {
    const of = maskName(this.#privacy(), name, question.organization);
    const title = documentTitle(vscode.l10n.t('Security events of {0}', of), question.organization);
    const path = questionPath(question, title);
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: environment?.id ?? '' });
    if (!(await this.#read(uri, { question, name, filter: '' }, { environment, whole: false }))) return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
  }

  /** Asks the question of a document again and keeps its filter. */
  async read(uri: vscode.Uri, how: HowToRead): Promise<void> {
    const question = parseQuestion(uri.path);
    if (question === undefined) return;
    const { name = question.organization, filter = '' } = this.shown(uri) ?? {};
    await this.#read(uri, { question, name, filter }, how);
  }

  /** What a document shows, once it has been read. */
  shown(uri: vscode.Uri): ShownEvents | undefined {
    return this.#memory.get(uri);
  }

  /** The same with no value masked, read again where there are such; `undefined` when that was cancelled. */
  async whole(uri: vscode.Uri): Promise<ShownEvents | undefined> {
    const shown = this.#memory.get(uri);
    if (shown?.masked === undefined) return shown;
    const { from, to } = shown.report;
    const report = await this.#ask(shown, shown.environment, { redacted: false, times: { from, to } });
    return report.ending === 'cancelled' ? undefined : { ...shown, report };
  }

  readings(): readonly (readonly [string, Reading])[] {
    return this.#memory.readings();
  }

  closed(uri: vscode.Uri): void {
    this.#memory.closed(uri);
  }

  clear(): void {
    this.#memory.clear();
  }

  /** Shows only the rows that match; empty shows all. Nothing is read. */
  filter(uri: vscode.Uri, filter: string): void {
    const shown = this.#memory.get(uri);
    if (shown !== undefined && shown.filter !== filter) this.#memory.set(uri, { ...shown, filter });
  }

  /** The text of a document, once it has been read. */
  content(uri: vscode.Uri): string | undefined {
    const shown = this.shown(uri);
    if (shown === undefined || shown.whole) return shown && renderEvents(vscode.l10n, shown);
    const name = maskName(this.#privacy(), shown.name, shown.question.organization);
    return renderEvents(vscode.l10n, { ...shown, name });
  }

  dispose(): void {
    this.#memory.dispose();
  }

  /** Keeps the answer; false when it was cancelled before the first row, and nothing is kept. */
  async #read(uri: vscode.Uri, asked: Asked, { environment, whole }: HowToRead): Promise<boolean> {
    const report = await this.#ask(asked, environment, { redacted: !whole });
    if (report.ending === 'cancelled' && report.rows.length === 0) return false;
    if (whole && !isOpen(uri)) return false;
    this.#memory.set(uri, { ...asked, report, environment, whole, masked: report.masked });
    return true;
  }

  async #ask(
    { question, name }: Asked,
    environment: StoredEnvironment | undefined,
    how: Pick<ReadingEvents, 'redacted' | 'times'>,
  ): Promise<EventReport> {
    const invoke = this.#accounts.at(environment);
    const title = vscode.l10n.t('Reading security events of {0}', cleanLabel(name));
    return withCancel(title, async ({ signal, report: say }) =>
      readEvents(invoke, question, {
        ...how,
        signal,
        progress: (read) => say(vscode.l10n.t('Events read: {0}', read)),
        waiting: say,
      }),
    );
  }
}
