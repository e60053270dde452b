import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { AuditRoom } from '../audit/audit-room.ts';
import { reportLines, reportText } from '../audit/report-text.ts';
import { type TrailReport, verifyInThread } from '../audit/verify-in-thread.ts';
import { COMMANDS } from '../ids.ts';
import { withCancel } from '../progress.ts';

type Verified = Pick<AuditRoom, 'directory' | 'build'>;

/** The command "Verify Audit Trail": all chains of this user, those of programs in terminals included. */
export async function verifyAudit(audit: Verified, log: vscode.LogOutputChannel): Promise<void> {
  const title = vscode.l10n.t('Verifying the audit trail…');
  const report = await withCancel(title, ({ signal }) => verifyTrail(audit, signal));
  if (report === undefined) return;
  if (report === 'empty') {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('There are no audit records yet: the first call makes the first one.'),
    );
    return;
  }
  const intact = report.verdict === 'intact';
  for (const line of reportLines(report)) log[intact ? 'info' : 'error'](line);
  const [details, open] = [vscode.l10n.t('Show Log'), vscode.l10n.t('Open Audit Trail')];
  const text = reportText(vscode.l10n, report);
  const chosen = intact
    ? await vscode.window.showInformationMessage(text, open, details)
    : await vscode.window.showErrorMessage(text, open, details);
  if (chosen === details) await vscode.commands.executeCommand(COMMANDS.showLog);
  if (chosen === open) await vscode.commands.executeCommand(COMMANDS.openAuditTrail);
}

/** What the verifier finds; `undefined` when it was cancelled. */
export async function verifyTrail(
  { directory, build }: Verified,
  signal: AbortSignal,
): Promise<TrailReport | 'empty' | undefined> {
  if (!existsSync(directory())) return 'empty';
  try {
    return await verifyInThread(join(build, 'audit-verify.js'), directory(), signal);
  } catch (thrown) {
    if (signal.aborted) return undefined;
    throw thrown;
  }
}
