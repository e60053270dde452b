import * as vscode from 'vscode';
import { cleanLabel } from './clean-text.ts';
import { type Environments, SAMPLE } from './environments.ts';
import { COMMANDS } from './ids.ts';
import type { KeyTrouble } from './key-request.ts';

const NOTICE_KEY = 'workos.configurationNotice';

/** Asks for the key that calls of agents or views lack, without getting in the way. */
export async function askForKey(environments: Environments, trouble: KeyTrouble): Promise<void> {
  const environment = environments.active();
  const set = vscode.l10n.t('Set API Key…');
  const explore = vscode.l10n.t('Explore Sample Account');
  const add = vscode.l10n.t('Add Environment…');
  const own = environment !== undefined && environment.id !== SAMPLE.id;
  const chosen = await vscode.window.showWarningMessage(
    keyText(own ? cleanLabel(environment.name) : undefined, trouble),
    ...(own ? [set, explore] : [explore, add]),
  );
  if (chosen === set) await vscode.commands.executeCommand(COMMANDS.setApiKey);
  if (chosen === explore) await vscode.commands.executeCommand(COMMANDS.exploreSampleAccount);
  if (chosen === add) await vscode.commands.executeCommand(COMMANDS.addEnvironment);
}

function keyText(name: string | undefined, trouble: KeyTrouble): string {
  if (name === undefined)
    return vscode.l10n.t(
      'WorkOS needs an environment: add one by its API key, or explore the sample account, which needs none.',
    );
  return trouble === 'refused'
    ? vscode.l10n.t('WorkOS does not accept the API key of {0}.', name)
    : vscode.l10n.t('There is no API key for {0} on this machine.', name);
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
