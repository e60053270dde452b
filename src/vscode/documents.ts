import * as vscode from 'vscode';
import { DetailDocuments, type DocumentsOptions } from './details/documents.ts';
import { EventDocuments } from './events/documents.ts';
import { DIAGNOSTICS_SCHEME, SCHEME } from './ids.ts';
import { SingleDocument } from './single-document.ts';
import { followDocuments } from './values/read-documents.ts';

/** The read-only documents of details, of security events, and of diagnostics. */
export interface Documents extends vscode.Disposable {
  readonly details: DetailDocuments;
  readonly events: EventDocuments;
  /** Shows what was found. */
  readonly diagnostics: { readonly show: (text: string) => Promise<void> };
}

/** Makes them and tells the editor of them. */
export function openDocuments(options: Omit<DocumentsOptions, 'events'>): Documents {
  const events = new EventDocuments(options);
  const details = new DetailDocuments({ ...options, events });
  let found = vscode.l10n.t('Run Diagnostics looks at this installation.');
  const document = new SingleDocument({
    scheme: DIAGNOSTICS_SCHEME,
    title: vscode.l10n.t('Diagnostics'),
    text: () => found,
  });
  const diagnostics = {
    show: (text: string) => {
      found = text;
      return document.show();
    },
  };
  const all = vscode.Disposable.from(
    events,
    details,
    document,
    followDocuments(details, events),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, details),
  );
  return { details, events, diagnostics, dispose: () => void all.dispose() };
}
