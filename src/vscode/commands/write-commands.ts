import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';
import type { StoredEnvironment } from '../environments/environments.ts';
import { kindText } from '../environments/kind-text.ts';
import { WRITE_MINUTES, type WriteAccess } from '../environments/write-access.ts';

/**
 * Makes sure that an environment may be written to, asking where it takes a yes. True when it may; the person has
 * been told why where it may not.
 */
export async function ensureWrites(environment: StoredEnvironment, access: WriteAccess): Promise<boolean> {
  const block = access.block(environment);
  if (block === undefined) return true;
  if (block === 'setting') {
    await tellSetting(
      vscode.l10n.t(
        'The setting workos.readOnly is on, so nothing can be created. Turn it off to allow writes.',
      ),
      'workos.readOnly',
    );
    return false;
  }
  const allow = vscode.l10n.t('Allow Writes for {0} Minutes', WRITE_MINUTES);
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('"{0}" is a production environment and read-only.', cleanLabel(environment.name)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'If you allow writes, you and agents in this window can create organizations in it for {0} minutes.',
        WRITE_MINUTES,
      ),
    },
    allow,
  );
  if (answer !== allow) return false;
  access.allow(environment);
  // The setting may have been turned on while the question was open.
  return access.block(environment) === undefined;
}

/** The command "Allow Writes". */
export async function allowWrites(environment: StoredEnvironment, access: WriteAccess): Promise<void> {
  const name = cleanLabel(environment.name);
  if (access.block(environment) === undefined && access.until(environment) === undefined)
    return tellAllowedAnyway(environment, name);
  // Once allowed, allowing again starts the time anew.
  if (access.until(environment) !== undefined && access.block(environment) === undefined)
    access.allow(environment);
  else if (!(await ensureWrites(environment, access))) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Writes to {0} are allowed for {1} minutes.', name, WRITE_MINUTES),
  );
}

/** The command "Stop Allowing Writes". */
export async function stopWrites(environment: StoredEnvironment, access: WriteAccess): Promise<void> {
  access.stop(environment);
  const name = cleanLabel(environment.name);
  if (access.block(environment) !== undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is read-only.', name));
  } else await tellAllowedAnyway(environment, name);
}

/** Where nothing needs to be allowed, or can be stopped here. */
function tellAllowedAnyway({ kind }: StoredEnvironment, name: string): Promise<void> {
  return kind === 'production'
    ? tellSetting(
        vscode.l10n.t('The setting workos.production.allowWrites allows writes to {0}.', name),
        'workos.production.allowWrites',
      )
    : tellSetting(
        vscode.l10n.t(
          '{0} is a {1} environment: writes are allowed there, unless the setting workos.readOnly is on.',
          name,
          kindText(kind),
        ),
        'workos.readOnly',
      );
}

async function tellSetting(text: string, setting: string): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const chosen = await vscode.window.showInformationMessage(text, open);
  if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
