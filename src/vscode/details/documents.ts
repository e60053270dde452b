import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import { PERSON } from '../caller.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from '../environments.ts';
import type { EventDocuments } from '../events/documents.ts';
import { SCHEME } from '../ids.ts';
import { inStatusBar, signalOf } from '../progress.ts';
import { environmentText } from './environment-text.ts';
import { text } from './markdown.ts';
import { type Found, renderDetails, renderNotice } from './render.ts';
import { documentTitle, isDetailKind, parseTarget, type Target } from './target.ts';

interface Named {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export interface DocumentsOptions {
  readonly invoke: Invoke;
  readonly environments: Environments;
  readonly events: EventDocuments;
}

/**
 * The read-only documents of the `workos:` scheme. Each belongs to the environment it was opened in, which its query
 * names, and is read only after a person has asked for it: an editor that is restored with a window reads nothing.
 */
export class DetailDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #options: DocumentsOptions;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #wanted = new Set<string>();
  readonly onDidChange = this.#changed.event;

  constructor(options: DocumentsOptions) {
    this.#options = options;
    options.events.onDidChange((uri) => this.#changed.fire(uri));
  }

  /** Shows the details of an organization, a connection or a directory; other kinds have none. */
  async open({ kind, id, name }: Named): Promise<void> {
    if (!isDetailKind(kind)) return;
    const path = `/${kind}/${id}/${documentTitle(name, id)}.md`;
    const query = this.#options.environments.active()?.id ?? '';
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query });
    const isOpen = vscode.workspace.textDocuments.some(
      ({ uri: known }) => known.toString() === uri.toString(),
    );
    this.#wanted.add(uri.toString());
    if (isOpen) this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  /** Reads a document again. */
  async refresh(uri: vscode.Uri): Promise<void> {
    if (uri.scheme !== SCHEME) return;
    this.#wanted.add(uri.toString());
    const { environments, events } = this.#options;
    const foreign = (environments.active()?.id ?? '') !== uri.query;
    if (foreign && events.shown(uri) !== undefined) {
      // What was read stays: it says itself which environment it is of.
      await vscode.window.showWarningMessage(
        vscode.l10n.t('This document belongs to another environment. Switch to that one to read it again.'),
      );
      return;
    }
    if (foreign || !(await events.read(uri))) this.#changed.fire(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const foreign = this.#foreign(uri);
    const shown = this.#options.events.content(uri);
    if (shown !== undefined) return shown;
    if (foreign !== undefined) return foreign;
    const target = parseTarget(uri.path, { titled: true });
    if (!this.#wanted.has(uri.toString()) || target === undefined) return unread();
    const title = vscode.l10n.t('Reading WorkOS details…');
    const found = await inStatusBar(title, () => this.#read(target, signalOf(token)));
    return renderDetails(vscode.l10n, target.id, found, new Date());
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #read({ kind, id }: Target, signal: AbortSignal): Promise<Found> {
    const { invoke } = this.#options;
    const options = { signal };
    switch (kind) {
      case 'organization':
        return {
          kind,
          outcome: await invoke('get_organization_details', { organization: id }, PERSON, options),
        };
      case 'connection':
        return {
          kind,
          outcome: await invoke('get_sso_connection_details', { connection_id: id }, PERSON, options),
        };
      case 'directory':
        return {
          kind,
          outcome: await invoke('get_directory_details', { directory_id: id }, PERSON, options),
        };
      default:
        return kind;
    }
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
