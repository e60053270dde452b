import * as vscode from 'vscode';
import type { SwitchState } from '../../access/kill-switch.ts';
import { COMMANDS } from '../ids.ts';
import { quarantineDetail, quarantineNotice } from './quarantine-text.ts';

/** Says that a decoy was seen, if the switch is on because of one; returns at once. */
export function tellQuarantined(state: SwitchState): void {
  if (state.stopped && state.sighting !== undefined) void tell(state, state.sighting);
}

/** True when the person wants everything to run again; asks only after a quarantine. */
export async function agreesToResume(state: SwitchState): Promise<boolean> {
  if (!state.stopped || state.sighting === undefined) return true;
  const lift = vscode.l10n.t('Resume');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Let WorkOS run again after a decoy was seen?'),
    { modal: true, detail: quarantineDetail(vscode.l10n, state.sighting, state) },
    lift,
  );
  return chosen === lift;
}

type Stopped = Extract<SwitchState, { stopped: true }>;

async function tell(state: Stopped, sighting: NonNullable<Stopped['sighting']>): Promise<void> {
  const [what, lift] = [vscode.l10n.t('What Happened'), vscode.l10n.t('Resume…')];
  const notice = quarantineNotice(vscode.l10n, sighting);
  const chosen = await vscode.window.showErrorMessage(notice, what, lift);
  if (chosen === lift) await vscode.commands.executeCommand(COMMANDS.resume);
  if (chosen !== what) return;
  const showLog = vscode.l10n.t('Show Log');
  const detail = quarantineDetail(vscode.l10n, sighting, state);
  const next = await vscode.window.showErrorMessage(notice, { modal: true, detail }, showLog);
  if (next === showLog) await vscode.commands.executeCommand(COMMANDS.showLog);
}
