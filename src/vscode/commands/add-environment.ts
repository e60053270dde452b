import * as vscode from 'vscode';
import type { Accounts } from '../environments/accounts.ts';
import { apiOrigin, freeName, isTaken, kindOfKey } from '../environments/api-key.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from '../environments/environments.ts';
import { kindText } from '../environments/kind-text.ts';
import { askKey } from './api-key-question.ts';
import { askText } from './step-inputs.ts';
import { runSteps, type Step } from './steps.ts';

interface Draft {
  key: string;
  /** As the person typed it; empty for a proposal. */
  name: string;
}

/** Asks for a key, tries it with a real call, and adds the environment it belongs to. */
export async function addEnvironment(environments: Environments, accounts: Accounts): Promise<void> {
  const baseUrl = apiOrigin(vscode.workspace.getConfiguration('workos').get<string>('baseUrl'));
  if (baseUrl === undefined) {
    await refuseBaseUrl();
    return;
  }
  const draft: Draft = { key: '', name: '' };
  const title = vscode.l10n.t('WorkOS: Add Environment');
  const steps = [keyStep(draft, title, baseUrl, accounts), nameStep(draft, title, baseUrl, environments)];
  if (!(await runSteps(() => steps))) return;
  const kind = kindOfKey(draft.key, baseUrl);
  const { name } = await environments.add({ name: draft.name.trim(), kind, baseUrl }, draft.key);
  await vscode.window.showInformationMessage(
    vscode.l10n.t('Added {0}, a {1} environment.', cleanLabel(name), kindText(kind)),
  );
}

/** A key goes over https only, or to this machine. */
async function refuseBaseUrl(): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t(
      'The setting workos.baseUrl is not an https:// origin, nor an http:// one on this machine.',
    ),
    open,
  );
  if (chosen === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'workos.baseUrl');
}

function keyStep(draft: Draft, title: string, baseUrl: string, accounts: Accounts): Step {
  return {
    id: 'key',
    ask: async (place) => {
      const answer = await askKey(accounts, {
        title,
        place,
        prompt: vscode.l10n.t(
          'API key of the environment. It is kept in the secret storage of VS Code and goes to {0} only.',
          new URL(baseUrl).host,
        ),
        value: draft.key,
        baseUrl,
        keep: (key) => (draft.key = key),
      });
      if (typeof answer === 'string') return answer;
      draft.key = answer.value.trim();
      return 'next';
    },
  };
}

function nameStep(draft: Draft, title: string, baseUrl: string, environments: Environments): Step {
  return {
    id: 'name',
    ask: async (place) => {
      const taken = [SAMPLE, ...environments.list()].map(({ name }) => name);
      const answer = await askText({
        title,
        place,
        prompt: vscode.l10n.t('Name of the environment, as you and agents will see it'),
        value: draft.name || freeName(wishFor(kindOfKey(draft.key, baseUrl)), taken),
        problem: (text) => nameProblem(text, taken),
        keep: (name) => (draft.name = name),
      });
      if (typeof answer === 'string') return answer;
      draft.name = answer.value;
      return 'next';
    },
  };
}

function nameProblem(text: string, taken: readonly string[]): string | undefined {
  if (cleanLabel(text) === '') return vscode.l10n.t('Give it a name.');
  if (text.length > 60) return vscode.l10n.t('At most {0} characters.', 60);
  return isTaken(text, taken) ? vscode.l10n.t('Another environment has this name.') : undefined;
}

function wishFor(kind: StoredEnvironment['kind']): string {
  if (kind === 'production') return vscode.l10n.t('Production');
  return kind === 'staging' ? vscode.l10n.t('Staging') : vscode.l10n.t('Sandbox');
}
