import * as vscode from 'vscode';
import { cleanLabel } from '../text/clean-text.ts';
import type { StoredEnvironment } from '../environments/environments.ts';
import { COMMANDS, EXTENSION_ID } from '../ids.ts';
import type { WriteAccess } from '../environments/write-access.ts';
import { askPick, type Choice, separator } from './step-inputs.ts';

type Action = readonly [command: string, ...args: unknown[]];

/** The menu behind the status bar item: what can be done with this window's environment. */
export async function showMenu(
  environment: StoredEnvironment | undefined,
  access: WriteAccess,
  stopped: boolean,
): Promise<void> {
  const answer = await askPick<Action>({
    title:
      environment === undefined
        ? vscode.l10n.t('WorkOS')
        : vscode.l10n.t('WorkOS: {0}', cleanLabel(environment.name)),
    placeholder: vscode.l10n.t('Choose an action'),
    choices: [
      ...environmentActions(environment, access),
      ...(environment === undefined ? [] : accountActions()),
      ...otherActions(stopped),
    ],
  });
  if (typeof answer === 'string') return;
  const [command, ...args] = answer.value;
  await vscode.commands.executeCommand(command, ...args);
}

function action(icon: string, text: string, ...value: Action): Choice<Action> {
  return { label: `$(${icon}) ${text}`, value };
}

function environmentActions(
  environment: StoredEnvironment | undefined,
  access: WriteAccess,
): Choice<Action>[] {
  const choices = [
    separator(vscode.l10n.t('Environment')),
    action('arrow-swap', vscode.l10n.t('Switch Environment…'), COMMANDS.switchEnvironment),
    action('key', vscode.l10n.t('Set API Key…'), COMMANDS.setApiKey),
    action('add', vscode.l10n.t('Add Environment…'), COMMANDS.addEnvironment),
  ];
  if (environment?.kind === 'production' && access.block(environment) === undefined)
    choices.push(action('lock', vscode.l10n.t('Stop Allowing Writes'), COMMANDS.stopWrites));
  if (environment !== undefined && access.block(environment) === 'production')
    choices.push(action('unlock', vscode.l10n.t('Allow Writes for 15 Minutes'), COMMANDS.allowWrites));
  return choices;
}

function accountActions(): Choice<Action>[] {
  return [
    separator(vscode.l10n.t('Account')),
    action('organization', vscode.l10n.t('Create Organization…'), COMMANDS.createOrganization),
    action('history', vscode.l10n.t('Security Events…'), COMMANDS.securityEvents),
    action('person', vscode.l10n.t('Find Person…'), COMMANDS.findPerson),
  ];
}

function otherActions(stopped: boolean): Choice<Action>[] {
  return [
    separator(vscode.l10n.t('Agents')),
    stopped
      ? action('debug-start', vscode.l10n.t('Resume'), COMMANDS.resume)
      : action('circle-slash', vscode.l10n.t('Stop Everything (Kill Switch)'), COMMANDS.stopEverything),
    action('checklist', vscode.l10n.t('Review Approvals…'), COMMANDS.reviewApprovals),
    action('key', vscode.l10n.t('Manage Connection Tokens…'), COMMANDS.manageTokens),
    action('graph', vscode.l10n.t('Show Usage and Incidents'), COMMANDS.showFigures),
    separator(vscode.l10n.t('More')),
    action('plug', vscode.l10n.t('Copy MCP Endpoint'), COMMANDS.copyMcpEndpoint),
    action('output', vscode.l10n.t('Show Log'), COMMANDS.showLog),
    action('gear', vscode.l10n.t('Settings'), 'workbench.action.openSettings', `@ext:${EXTENSION_ID}`),
    action('book', vscode.l10n.t('Get Started'), COMMANDS.openWalkthrough),
    action('pulse', vscode.l10n.t('Run Diagnostics'), COMMANDS.runDiagnostics),
    action('report', vscode.l10n.t('Report Issue…'), COMMANDS.reportIssue),
  ];
}
