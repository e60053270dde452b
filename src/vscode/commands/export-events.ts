import * as vscode from 'vscode';
import type { EventDocuments } from '../events/documents.ts';
import { eventsCsv, eventsJson } from '../events/export.ts';
import { filterEvents } from '../events/filter.ts';
import { safeFileName } from '../text/file-names.ts';
import { tellError } from './tell-error.ts';
import { chooseFile, saveFile, tellSaved } from '../export/save-file.ts';

/** Saves the events that a document shows as CSV or JSON. */
export async function exportEvents(events: EventDocuments, uri: vscode.Uri | undefined): Promise<void> {
  const shown = uri && events.shown(uri);
  if (uri === undefined || shown === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('Run “WorkOS: Security Events…” first: the export is of the document that it opens.'),
    );
    return;
  }
  const formats = [
    {
      label: 'CSV',
      detail: vscode.l10n.t('For spreadsheets; cells that look like formulas are made harmless'),
      extension: 'csv',
      write: eventsCsv,
    },
    {
      label: 'JSON',
      detail: vscode.l10n.t('With what was asked and how complete the answer is'),
      extension: 'json',
      write: eventsJson,
    },
  ];
  const rows = filterEvents(shown.report.rows, shown.filter).length;
  const format = await vscode.window.showQuickPick(formats, {
    title: vscode.l10n.t('WorkOS: Export Events'),
    placeHolder: vscode.l10n.t('Save {0} of {1} events as', rows, shown.report.rows.length),
    ignoreFocusOut: true,
  });
  if (format === undefined) return;
  const { label, extension, write } = format;
  const filters = { [label]: [extension] };
  const day = new Date().toISOString().slice(0, 10);
  const file = await chooseFile(safeFileName(['workos-events', shown.name, day], extension), filters);
  // A file is for the person, who has their account whole.
  const whole = file && (await events.whole(uri));
  if (file === undefined || whole === undefined) return;
  if (whole.report.ending === 'failed' && whole.report !== shown.report) {
    await tellError(whole.report.error ?? vscode.l10n.t('The events could not be read again.'), {
      again: false,
    });
    return;
  }
  const saved = await saveFile(file, write(whole), filters);
  const count = filterEvents(whole.report.rows, whole.filter).length;
  if (saved !== undefined) await tellSaved(saved, vscode.l10n.t('Events saved: {0}.', count));
}
