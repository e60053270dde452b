import * as vscode from 'vscode';
import { DetailDocuments, type DocumentsOptions } from './details/documents.ts';
import { EventDocuments } from './events/documents.ts';
import { SCHEME } from './ids.ts';
import { followDocuments } from './values/read-documents.ts';

/** The read-only documents of details and of security events. */
export interface Documents extends vscode.Disposable {
  readonly details: DetailDocuments;
  readonly events: EventDocuments;
}

/** Makes them and tells the editor of them. */
export function openDocuments(options: Omit<DocumentsOptions, 'events'>): Documents {
  const events = new EventDocuments(options);
  const details = new DetailDocuments({ ...options, events });
  const all = vscode.Disposable.from(
    events,
    details,
    followDocuments(details, events),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, details),
  );
  return { details, events, dispose: () => void all.dispose() };
}
