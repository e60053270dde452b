import * as vscode from 'vscode';
import { DetailDocuments, type DocumentsOptions } from './details/documents.ts';
import { DiagnosticsDocument } from './diagnostics-document.ts';
import { EventDocuments } from './events/documents.ts';
import { SCHEME } from './ids.ts';
import { followDocuments } from './values/read-documents.ts';

/** The read-only documents of details, of security events, and of diagnostics. */
export interface Documents extends vscode.Disposable {
  readonly details: DetailDocuments;
  readonly events: EventDocuments;
  readonly diagnostics: DiagnosticsDocument;
}

/** Makes them and tells the editor of them. */
export function openDocuments(options: Omit<DocumentsOptions, 'events'>): Documents {
  const events = new EventDocuments(options);
  const details = new DetailDocuments({ ...options, events });
  const diagnostics = new DiagnosticsDocument();
  const all = vscode.Disposable.from(
    events,
    details,
    diagnostics,
    followDocuments(details, events),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, details),
  );
  return { details, events, diagnostics, dispose: () => void all.dispose() };
}
