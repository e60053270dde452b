import * as vscode from 'vscode';
import type { Accounts } from '../environments/accounts.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from '../environments/environments.ts';
import { kindText } from '../environments/kind-text.ts';
import { askKey } from './api-key-question.ts';
import { environmentChoices } from './environment-choices.ts';
import { askPick } from './step-inputs.ts';

/** Replaces the key of this window's environment, or of one the person chooses. */
export async function setApiKey(
  environments: Environments,
  accounts: Accounts,
  add: () => Promise<void>,
): Promise<void> {
  const environment = await chooseEnvironment(environments);
  if (environment === 'none') return add();
  if (environment === undefined) return;
  const { id, name, kind, baseUrl } = environment;
  const answer = await askKey(accounts, {
    title: vscode.l10n.t('WorkOS: Set API Key for {0}', cleanLabel(name)),
    prompt: vscode.l10n.t(
      'New API key of this {0} environment. It replaces the one that is stored.',
      kindText(kind),
    ),
    baseUrl,
    kind,
  });
  if (typeof answer === 'string') return;
  const stored = await environments.setKey(id, answer.value.trim());
  await vscode.window.showInformationMessage(
    stored
      ? vscode.l10n.t('The API key of {0} is stored.', cleanLabel(name))
      : vscode.l10n.t('{0} was removed meanwhile, so its API key was not stored.', cleanLabel(name)),
  );
}

/** `none` when there is no environment yet that has a key of its own. */
async function chooseEnvironment(
  environments: Environments,
): Promise<StoredEnvironment | 'none' | undefined> {
  const active = environments.active();
  if (active !== undefined && active.id !== SAMPLE.id) return active;
  const list = environments.list();
  if (list.length === 0) return 'none';
  const answer = await askPick({
    title: vscode.l10n.t('WorkOS: Set API Key'),
    placeholder: vscode.l10n.t('For which environment?'),
    choices: environmentChoices(list, active?.id),
  });
  return typeof answer === 'string' ? undefined : answer.value;
}
