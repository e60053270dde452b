import * as vscode from 'vscode';
import type { Accounts } from '../accounts.ts';
import { pickerLabel } from '../clean-text.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from '../environments.ts';
import type { WriteAccess } from '../write-access.ts';
import { WRITE_MINUTES } from '../write-access.ts';

const API = 'https://api.workos.com';
const PERSON = { kind: 'person', surface: 'command' } as const;

/** Asks for a key, tries it with a real call, and adds the environment it belongs to. */
export async function addEnvironment(environments: Environments, accounts: Accounts): Promise<void> {
  const key = await vscode.window.showInputBox({
    title: 'WorkOS: Add Environment (1/2)',
    prompt:
      'API key of the environment. It is kept in the secret storage of VS Code and goes to WorkOS only.',
    placeHolder: 'sk_test_… or sk_live_…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^sk_(test|live)_\S+$/u.test(text.trim()) ? undefined : 'A key starts with sk_test_ or sk_live_.',
  });
  if (key === undefined) return;
  const apiKey = key.trim();
  const kind = apiKey.startsWith('sk_live_') ? 'production' : 'staging';
  const baseUrl = vscode.workspace.getConfiguration('workos').get<string>('baseUrl') || API;
  const problem = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Trying the key…' },
    () => tryKey(accounts, { baseUrl, apiKey, name: kind, kind }),
  );
  if (problem !== undefined) {
    await vscode.window.showErrorMessage(problem);
    return;
  }
  const name = await vscode.window.showInputBox({
    title: 'WorkOS: Add Environment (2/2)',
    prompt: 'Name of the environment',
    value: kind === 'production' ? 'Production' : 'Staging',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Give it a name.' : undefined),
  });
  if (name !== undefined) await environments.add({ name: name.trim(), kind, baseUrl }, apiKey);
}

type Trial = Parameters<Accounts['trial']>[0];

async function tryKey(accounts: Accounts, account: Trial): Promise<string | undefined> {
  const outcome = await accounts.trial(account).invoke('list_workos_organizations', { limit: 1 }, PERSON);
  return outcome.ok ? undefined : `${outcome.error.message} ${outcome.error.hint ?? ''}`;
}

/** Lets the person choose this window's environment. */
export async function switchEnvironment(environments: Environments, add: () => Promise<void>): Promise<void> {
  const active = environments.active()?.id;
  const choices = [...environments.list(), SAMPLE].map(({ id, name, kind }) => ({
    label: pickerLabel(name),
    description: id === active ? `${kind} · active` : kind,
    id,
  }));
  const adding = { label: 'Add Environment…', description: '', id: '' };
  const chosen = await vscode.window.showQuickPick([...choices, adding], {
    title: 'WorkOS: Switch Environment',
  });
  if (chosen?.id === '') await add();
  else if (chosen !== undefined) await environments.activate(chosen.id);
}

/** Forgets an environment and its key, after a question. */
export async function removeEnvironment(environments: Environments): Promise<void> {
  const choices = environments.list().map((environment) => ({
    label: pickerLabel(environment.name),
    description: environment.kind,
    environment,
  }));
  if (choices.length === 0) {
    await vscode.window.showInformationMessage('There is no environment to remove.');
    return;
  }
  const chosen = await vscode.window.showQuickPick(choices, { title: 'WorkOS: Remove Environment' });
  if (chosen === undefined) return;
  const { name, id } = chosen.environment;
  const detail = 'Its API key is deleted from this machine. Nothing changes at WorkOS.';
  const sure = await vscode.window.showWarningMessage(
    `Remove the environment "${name}"?`,
    { modal: true, detail },
    'Remove',
  );
  if (sure === 'Remove') await environments.remove(id);
}

/** Allows writes to a production environment for a while, after a question. True when they are allowed. */
export async function allowWrites(
  environment: StoredEnvironment | undefined,
  access: WriteAccess,
): Promise<boolean> {
  if (environment === undefined || access.policy(environment).readOnly === undefined)
    return environment !== undefined;
  if (environment.kind !== 'production') {
    await vscode.window.showInformationMessage(
      'The setting workos.readOnly is on: turn it off to allow writes.',
    );
    return false;
  }
  const allow = `Allow for ${WRITE_MINUTES} Minutes`;
  const detail = `Agents and you can then create organizations in the production environment "${environment.name}".`;
  const answer = await vscode.window.showWarningMessage(
    'Allow writes to production?',
    { modal: true, detail },
    allow,
  );
  if (answer !== allow) return false;
  access.allow(environment);
  return access.policy(environment).readOnly === undefined;
}
