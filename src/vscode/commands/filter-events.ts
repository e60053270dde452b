import * as vscode from 'vscode';
import type { EventDocuments } from '../events/documents.ts';
import { filterEvents as matching } from '../events/filter.ts';

/** A pause in typing after which the document follows. */
const FOLLOW_MS = 100;

/** Filters the events of a document while the person types; Escape brings back what was shown before. */
export async function filterEvents(events: EventDocuments, uri: vscode.Uri | undefined): Promise<void> {
  const before = uri && events.shown(uri);
  if (uri === undefined || before === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Run “WorkOS: Security Events…” first: the filter is for the document that it opens.'),
    );
    return;
  }
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('WorkOS: Filter Events');
  input.placeholder = vscode.l10n.t('login -john');
  input.value = before.filter;
  const say = (text: string) => {
    const all = events.shown(uri)?.report.rows ?? [];
    const count = vscode.l10n.t('{0} of {1} events.', matching(all, text).length, all.length);
    const help = vscode.l10n.t('Every word has to be in some field, none after a minus; empty shows all.');
    input.prompt = `${count} ${help}`;
  };
  say(input.value);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const answer = Promise.withResolvers<string>();
  const listeners = [
    input.onDidChangeValue((text) => {
      say(text);
      clearTimeout(timer);
      timer = setTimeout(() => events.filter(uri, text), FOLLOW_MS);
    }),
    input.onDidAccept(() => answer.resolve(input.value)),
    input.onDidHide(() => answer.resolve(before.filter)),
  ];
  input.show();
  const filter = await answer.promise;
  clearTimeout(timer);
  vscode.Disposable.from(...listeners, input).dispose();
  events.filter(uri, filter.trim());
}
