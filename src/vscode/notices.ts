import * as vscode from 'vscode';
import { cleanLabel } from './text/clean-text.ts';
import { tellError } from './commands/tell-error.ts';
import { type Environments, SAMPLE } from './environments/environments.ts';
import { COMMANDS } from './ids.ts';
import type { KeyTrouble } from './environments/key-request.ts';

const NOTICE_KEY = 'workos.configurationNotice';

/** Asks for the key that calls of agents or views lack, without getting in the way. */
export async function askForKey(environments: Environments, trouble: KeyTrouble): Promise<void> {
  const environment = environments.active();
  if (environment === undefined || environment.id === SAMPLE.id) return offerEnvironment(environments);
  const set = vscode.l10n.t('Set API Key…');
  const explore = vscode.l10n.t('Explore Sample Account');
  const name = cleanLabel(environment.name);
  const text =
    trouble === 'refused'
      ? vscode.l10n.t('WorkOS does not accept the API key of {0}.', name)
      : vscode.l10n.t('There is no API key for {0} on this machine.', name);
  const chosen = await vscode.window.showWarningMessage(text, set, explore);
  if (chosen === set) await vscode.commands.executeCommand(COMMANDS.setApiKey);
  if (chosen === explore) await vscode.commands.executeCommand(COMMANDS.exploreSampleAccount);
}

/** Says that nothing goes without an environment, and offers the ways to one. */
export async function offerEnvironment(environments: Environments): Promise<void> {
  const explore = vscode.l10n.t('Explore Sample Account');
  const add = vscode.l10n.t('Add Environment…');
  const other = vscode.l10n.t('Switch Environment…');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'WorkOS needs an environment: add one by its API key, or explore the sample account, which needs none.',
    ),
    ...(environments.list().length > 0 ? [other] : []),
    explore,
    add,
  );
  if (chosen === other) await vscode.commands.executeCommand(COMMANDS.switchEnvironment);
  if (chosen === explore) await vscode.commands.executeCommand(COMMANDS.exploreSampleAccount);
  if (chosen === add) await vscode.commands.executeCommand(COMMANDS.addEnvironment);
}

/** Says that agents have no way to the account. */
export async function tellEndpointFailed(): Promise<void> {
  await tellError(
    vscode.l10n.t(
      'The MCP endpoint for agents could not be started. The views and commands work without it.',
    ),
    { again: false },
  );
}

/** Says that clients which know the kept port don't reach this window. */
export async function tellPortTaken(port: number): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Port {0} is taken, as by another window: the MCP endpoint of this window has another address.',
      port,
    ),
    open,
  );
  if (chosen === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'workos.endpoint.port');
}

/** Says once per installation how agents reach the account in an editor without an API for MCP servers. */
export async function tellOfConfiguration(state: vscode.Memento): Promise<void> {
  if (state.get<boolean>(NOTICE_KEY) === true) return;
  await state.update(NOTICE_KEY, true);
  const copy = vscode.l10n.t('Copy MCP Endpoint');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'This editor does not take MCP servers from extensions. The WorkOS views and commands work; for agents, copy the MCP endpoint into the editor’s MCP configuration.',
    ),
    copy,
  );
  if (chosen === copy) await vscode.commands.executeCommand(COMMANDS.copyMcpEndpoint);
}
