import * as vscode from 'vscode';
import { cleanLabel, pickerLabel } from './text/clean-text.ts';
import type { StoredEnvironment } from './environments/environments.ts';
import { COMMANDS } from './ids.ts';
import { kindText } from './environments/kind-text.ts';
import type { WriteAccess } from './environments/write-access.ts';

/** The environment of this window and whether it may be written to, with a warning colour on production. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('workos.environment', vscode.StatusBarAlignment.Left, 0);

  constructor() {
    this.#item.name = vscode.l10n.t('WorkOS Environment');
    this.#item.command = COMMANDS.showMenu;
  }

  show(environment: StoredEnvironment | undefined, access: WriteAccess): void {
    if (environment === undefined) {
      this.#item.hide();
      return;
    }
    const { name, kind } = environment;
    const icon = access.block(environment) === undefined ? 'unlock' : 'lock';
    const writes = writesText(environment, access);
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

  dispose(): void {
    this.#item.dispose();
  }
}

function writesText(environment: StoredEnvironment, access: WriteAccess): string {
  if (access.block(environment) !== undefined) return vscode.l10n.t('read-only');
  const until = access.until(environment);
  if (until === undefined) return vscode.l10n.t('writes allowed');
  const minutes = Math.max(1, Math.ceil((until - Date.now()) / 60_000));
  return vscode.l10n.t('writes allowed, minutes left: {0}', minutes);
}
