import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { openStateDir } from '../../access/state-dir.ts';
import { StateError } from '../../access/state-error.ts';
import { type Evidence, makeEvidence } from '../../audit/evidence/bundle.ts';
import { materialsFrom } from '../../audit/evidence/materials.ts';
import { bundledLock } from '../../lock/bundled.ts';
import { lockText } from '../../lock/digests.ts';
import { VERSION } from '../../mcp/version.ts';
import type { AuditRoom } from '../audit/audit-room.ts';
import { reportLines, reportText } from '../audit/report-text.ts';
import type { TrailReport } from '../audit/verify-in-thread.ts';
import { chooseFile, saveFile, tellSaved } from '../export/save-file.ts';
import { type Work, withCancel } from '../progress.ts';
import { safeFileName } from '../text/file-names.ts';
import { pickPeriod } from './pick-period.ts';
import { tellError } from './tell-error.ts';
import { verifyTrail } from './verify-audit.ts';

const FILTERS = { ZIP: ['zip'] };

/** The command "Export Evidence…": a signed bundle for an auditor. That it was made is a record, with the hash of its list of files. */
export async function exportEvidence(audit: AuditRoom, log: vscode.LogOutputChannel): Promise<void> {
  const period = await pickPeriod(vscode.l10n.t('WorkOS: Export Evidence'));
  if (period === undefined) return;
  const day = new Date().toISOString().slice(0, 10);
  const file = await chooseFile(safeFileName(['workos-evidence', day], 'zip'), FILTERS);
  if (file === undefined) return;
  const { since } = period;
  const made = await withCancel(vscode.l10n.t('Making the evidence bundle…'), (work) =>
    make(audit, since, work),
  );
  if (made === 'failed') return;
  if (made === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('Cancelled. No file was written.'));
    return;
  }
  const { zip, chains, records, manifestHash, report } = made;
  await audit.trail.trail.exported({
    format: 'evidence',
    since: since ?? null,
    records,
    manifest: manifestHash,
  });
  const saved = await saveFile(file, zip, FILTERS);
  if (saved === undefined) return;
  const text = vscode.l10n.t(
    'Evidence saved: {0} records in {1} chains. HOW-TO-VERIFY.md in it tells an auditor how to check it.',
    records,
    chains,
  );
  await tellSaved(saved, text, { readable: false });
  if (report.verdict === 'intact') return;
  for (const line of reportLines(report)) log.error(line);
  await tellError(reportText(vscode.l10n, report), { again: false });
}

type Made = Evidence & { readonly report: TrailReport };

/** `undefined` when it was cancelled; `failed` once the person has been told why. */
async function make(
  audit: AuditRoom,
  since: string | undefined,
  { signal, report: say }: Work,
): Promise<Made | 'failed' | undefined> {
  try {
    say(vscode.l10n.t('Verifying the audit trail…'));
    const report = await verifyTrail(audit, signal);
    if (report === undefined) return undefined;
    const dir = openStateDir();
    if (report === 'empty' || !existsSync(dir.path))
      throw new StateError(
        vscode.l10n.t('There are no audit records yet: the first call makes the first one.'),
      );
    const master = await audit.trail.master();
    const materials = materialsFrom(audit.build, lockText(bundledLock));
    const progress = (done: number, all: number) =>
      say(vscode.l10n.t('{0} of {1} files', done, all), (done / all) * 100);
    const about = { dir, since, server: VERSION, materials, now: new Date(), signal, progress };
    return { ...(await makeEvidence({ ...about, master })), report };
  } catch (thrown) {
    if (signal.aborted) return undefined;
    if (!(thrown instanceof StateError)) throw thrown;
    void tellError(thrown.message, { again: false });
    return 'failed';
  }
}
