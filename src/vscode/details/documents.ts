import * as vscode from 'vscode';
import { isObjectKind } from '../../shared/object-ids.ts';
import { DocumentMemory } from '../document-memory.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from '../environments/environments.ts';
import type { EventDocuments, EventDocumentsOptions } from '../events/documents.ts';
import { documentTitle } from '../text/file-names.ts';
import { SCHEME } from '../ids.ts';
import { text } from '../text/markdown.ts';
import { withCancel } from '../progress.ts';
import { environmentText } from '../text/words.ts';
import { maskName } from '../values/mask-name.ts';
import type { Reading } from '../values/masked.ts';
import { type HowToRead, isOpen } from '../values/read-documents.ts';
import { readDetails } from './read.ts';
import { renderDetails, renderNotice, type ShownDetails } from './render.ts';
import { parseTarget, type Target } from './target.ts';

interface Named {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export interface DocumentsOptions extends EventDocumentsOptions {
  readonly environments: Environments;
  readonly events: EventDocuments;
}

/**
 * The read-only documents of the `workos:` scheme. Each belongs to the environment it was opened in, which its query
 * names, and is read only when a person asks for it: an editor that is restored with a window reads nothing.
 */
export class DetailDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #options: DocumentsOptions;
  readonly #memory = new DocumentMemory<ShownDetails & Reading>({
    changed: new vscode.EventEmitter<vscode.Uri>(),
    open: () => vscode.workspace.textDocuments.map(({ uri }) => uri),
  });
  readonly onDidChange = this.#memory.onDidChange;

  constructor(options: DocumentsOptions) {
    this.#options = options;
    options.events.onDidChange((uri) => this.#memory.touch(uri));
  }

  /** Reads and shows the details of an organization, a connection or a directory; other kinds have none. */
  async open(
    { kind, id, name }: Named,
    environment: StoredEnvironment | undefined = this.#options.environments.active(),
  ): Promise<void> {
    if (!isObjectKind(kind)) return;
    const title = documentTitle(maskName(this.#options.privacy(), name, id), id);
    const path = `/${kind}/${id}/${title}.md`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: environment?.id ?? '' });
    await this.#read(uri, { kind, id }, { environment, whole: false });
    if (this.#memory.get(uri) === undefined) return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  /** Reads a document again, from the environment it belongs to, and as it was read before unless `whole` says how. */
  async refresh(uri: vscode.Uri, { whole = this.#isWhole(uri) } = {}): Promise<void> {
    if (uri.scheme !== SCHEME) return;
    const { environments, events } = this.#options;
    const environment = environments.active();
    if ((environment?.id ?? '') === uri.query) {
      const target = parseTarget(uri.path, { titled: true });
      if (target === undefined) await events.read(uri, { environment, whole });
      else await this.#read(uri, target, { environment, whole });
    } else if (this.#shown(uri) === undefined) {
      this.#memory.touch(uri);
    } else {
      // What was read stays: it says itself which environment it is of.
      await vscode.window.showWarningMessage(
        vscode.l10n.t('This document belongs to another environment. Switch to that one to read it again.'),
      );
    }
  }

  /** Reads a document with the values that agents do not get, until it is closed. */
  async showValues(uri: vscode.Uri): Promise<void> {
    await this.refresh(uri, { whole: true });
  }

  /** Lets go of those values at once, then reads the document without them. */
  async hideValues(uri: vscode.Uri): Promise<void> {
    this.closed(uri);
    this.#options.events.closed(uri);
    await this.refresh(uri, { whole: false });
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

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#shown(uri) ?? this.#foreign(uri) ?? unread();
  }

  dispose(): void {
    this.#memory.dispose();
  }

  #shown(uri: vscode.Uri): string | undefined {
    const shown = this.#memory.get(uri);
    if (shown === undefined) return this.#options.events.content(uri);
    return renderDetails(vscode.l10n, shown);
  }

  #isWhole(uri: vscode.Uri): boolean {
    return (this.#memory.get(uri) ?? this.#options.events.shown(uri))?.whole ?? false;
  }

  /** Keeps the answer; cancelled, what was there stays. */
  async #read(uri: vscode.Uri, target: Target, { environment, whole }: HowToRead): Promise<void> {
    const invoke = this.#options.accounts.at(environment);
    await withCancel(vscode.l10n.t('Reading WorkOS details…'), async ({ signal }) => {
      const found = await readDetails(invoke, target, { signal, redacted: !whole });
      if (signal.aborted || (whole && !isOpen(uri))) return;
      const masked = found.outcome.ok ? found.outcome.value.redacted : undefined;
      this.#memory.set(uri, { id: target.id, found, read: new Date(), whole, masked });
    });
  }

  /** What a document shows that belongs to another environment than this window's. */
  #foreign({ query }: vscode.Uri): string | undefined {
    const { environments } = this.#options;
    const active = environments.active();
    if ((active?.id ?? '') === query) return undefined;
    const owner = [SAMPLE, ...environments.list()].find(({ id }) => id === query);
    return renderNotice(vscode.l10n.t('Another environment'), [
      owner === undefined
        ? vscode.l10n.t('This document belongs to an environment that is not there any more.')
        : vscode.l10n.t('This document belongs to the environment {0}.', bold(owner)),
      active === undefined
        ? vscode.l10n.t('This window has no environment.')
        : vscode.l10n.t('This window now works with {0}, so nothing was read.', bold(active)),
      vscode.l10n.t(
        'Run “WorkOS: Switch Environment…”, then select Refresh in the title bar of this editor.',
      ),
    ]);
  }
}

function bold(environment: StoredEnvironment): string {
  return `**${environmentText(vscode.l10n, environment, text)}**`;
}

function unread(): string {
  return renderNotice(vscode.l10n.t('Not read yet'), [
    vscode.l10n.t('To read it, select Refresh in the title bar of this editor.'),
  ]);
}
