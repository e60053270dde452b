import * as vscode from 'vscode';
import { cleanLabel, pickerLabel } from './text/clean-text.ts';
import type { StoredEnvironment } from './environments/environments.ts';
import { COMMANDS } from './ids.ts';
import { kindText } from './environments/kind-text.ts';
import type { WriteAccess } from './environments/write-access.ts';
import type { Halt } from './serving/serving.ts';

/** The environment of this window and whether it may be written to, with a warning colour on production; or that nothing is served. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('workos.environment', vscode.StatusBarAlignment.Left, 0);

  constructor() {
    this.#item.name = vscode.l10n.t('WorkOS Environment');
  }

  show(environment: StoredEnvironment | undefined, access: WriteAccess, halt: Halt | undefined): void {
    if (halt !== undefined) this.#showHalt(halt);
    else if (environment === undefined) this.#item.hide();
    else this.#showEnvironment(environment, access);
  }

  dispose(): void {
    this.#item.dispose();
  }

  #showHalt(halt: Halt): void {
    const { label, tooltip } = haltTexts()[halt];
    this.#item.text = `$(circle-slash) ${label}`;
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `${label}. ${tooltip}`, role: 'button' };
    this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
    this.#item.command = halt === 'locked' ? COMMANDS.showMenu : COMMANDS.resume;
    this.#item.show();
  }

  #showEnvironment(environment: StoredEnvironment, access: WriteAccess): void {
    const { name, kind } = environment;
    const icon = access.block(environment) === undefined ? 'unlock' : 'lock';
    const writes = writesText(environment, access);
    this.#item.command = COMMANDS.showMenu;
    this.#item.text = `$(shield) ${pickerLabel(name)} $(${icon})`;
    this.#item.tooltip = [
      vscode.l10n.t('WorkOS environment {0}, {1}', cleanLabel(name), kindText(kind)),
      writes,
      vscode.l10n.t('Select for actions.'),
    ].join('\n');
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t('WorkOS environment {0}, {1}, {2}', cleanLabel(name), kindText(kind), writes),
      role: 'button',
    };
    this.#item.backgroundColor =
      kind === 'production' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}

function haltTexts(): Readonly<Record<Halt, { readonly label: string; readonly tooltip: string }>> {
  return {
    stopped: {
      label: vscode.l10n.t('WorkOS: Stopped'),
      tooltip: vscode.l10n.t('The kill switch has stopped WorkOS. Select to resume.'),
    },
    quarantined: {
      label: vscode.l10n.t('WorkOS: Quarantined'),
      tooltip: vscode.l10n.t('A decoy was seen, so WorkOS has stopped. Select to see what happened.'),
    },
    locked: {
      label: vscode.l10n.t('WorkOS: Locked'),
      tooltip: vscode.l10n.t('WorkOS offers something else than the lockfile accepts. Select for actions.'),
    },
  };
}

function writesText(environment: StoredEnvironment, access: WriteAccess): string {
  if (access.block(environment) !== undefined) return vscode.l10n.t('read-only');
  const until = access.until(environment);
  if (until === undefined) return vscode.l10n.t('writes allowed');
  const minutes = Math.max(1, Math.ceil((until - Date.now()) / 60_000));
  return vscode.l10n.t('writes allowed, minutes left: {0}', minutes);
}
