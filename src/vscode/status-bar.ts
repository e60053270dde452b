import * as vscode from 'vscode';
import { pickerLabel } from './clean-text.ts';
import type { StoredEnvironment } from './environments.ts';
import { COMMANDS } from './ids.ts';

/** The environment of this window, with a warning colour on production. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('workos.environment', vscode.StatusBarAlignment.Left, 0);

  constructor() {
    this.#item.name = 'WorkOS Environment';
    this.#item.command = COMMANDS.switchEnvironment;
  }

  show(environment: StoredEnvironment | undefined, readOnly: boolean): void {
    if (environment === undefined) {
      this.#item.hide();
      return;
    }
    const { name, kind } = environment;
    const writes = readOnly ? 'read-only' : 'writes allowed';
    this.#item.text = `$(shield) ${pickerLabel(name)}`;
    this.#item.tooltip = `WorkOS ${kind} environment, ${writes}. Select to switch.`;
    this.#item.accessibilityInformation = { label: `WorkOS environment ${name}, ${kind}, ${writes}` };
    this.#item.backgroundColor =
      kind === 'production' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
