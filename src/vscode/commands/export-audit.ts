import * as vscode from 'vscode';
import { EXPORT_FORMATS } from '../../audit/export/formats.ts';
import type { AuditRoom } from '../audit/audit-room.ts';
import { readRecords } from '../audit/read-records.ts';
import { chooseFile, saveFile, tellSaved } from '../export/save-file.ts';
import { withCancel } from '../progress.ts';
import { safeFileName } from '../text/file-names.ts';
import { pickPeriod } from './pick-period.ts';

/** The command "Export Audit Trail…": records of all processes, for other programs. That they were exported is a record, too. */
export async function exportAudit({
  trail,
  directory,
}: Pick<AuditRoom, 'trail' | 'directory'>): Promise<void> {
  const title = vscode.l10n.t('WorkOS: Export Audit Trail');
  const format = await pickFormat(title);
  if (format === undefined) return;
  const period = await pickPeriod(title);
  const write = EXPORT_FORMATS[format.name];
  if (period === undefined || write === undefined) return;
  const day = new Date().toISOString().slice(0, 10);
  const filters = { [format.label]: [format.extension] };
  const file = await chooseFile(safeFileName(['workos-audit', day], format.extension), filters);
  if (file === undefined) return;
  const { since } = period;
  const read = await withCancel(vscode.l10n.t('Reading the audit trail…'), ({ signal, report }) =>
    readRecords(directory(), {
      since,
      signal,
      progress: (done, all) => report(vscode.l10n.t('{0} of {1} chains', done, all), (done / all) * 100),
    }),
  );
  if (read === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Cancelled. No file was written.'));
    return;
  }
  const { entries, unreadable } = read;
  await trail.trail.exported({ format: format.name, since: since ?? null, records: entries.length });
  const saved = await saveFile(file, write(entries), filters);
  if (saved === undefined) return;
  const text = vscode.l10n.t('Records saved: {0}.', entries.length);
  await tellSaved(saved, unreadable === 0 ? text : `${text} ${unreadableText(unreadable)}`);
}

/** The same files are asked for by the same names in a terminal. */
async function pickFormat(title: string) {
  const formats = [
    {
      label: 'JSON Lines',
      detail: vscode.l10n.t('The records as they are: hashes and signatures can be verified'),
      name: 'jsonl',
      extension: 'jsonl',
    },
    { label: 'OCSF', detail: vscode.l10n.t('API Activity, for a SIEM'), name: 'ocsf', extension: 'json' },
    { label: 'CEF', detail: vscode.l10n.t('Common Event Format, for a SIEM'), name: 'cef', extension: 'cef' },
    {
      label: 'CSV',
      detail: vscode.l10n.t('For spreadsheets; cells that look like formulas are made harmless'),
      name: 'csv',
      extension: 'csv',
    },
  ];
  const placeHolder = vscode.l10n.t('Save the records as');
  return vscode.window.showQuickPick(formats, { title, placeHolder, ignoreFocusOut: true });
}

function unreadableText(lines: number): string {
  return vscode.l10n.t('{0} lines are no records: “WorkOS: Verify Audit Trail” says more.', lines);
}
