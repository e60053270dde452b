import * as vscode from 'vscode';
import { type Environments, SAMPLE, type StoredEnvironment } from '../environments/environments.ts';
import { environmentChoices } from './environment-choices.ts';
import { askPick, type Choice } from './step-inputs.ts';

/** Lets the person choose this window's environment; `explore` opens the sample account, `add` a new one. */
export async function switchEnvironment(
  environments: Environments,
  { add, explore }: { add: () => Promise<void>; explore: () => Promise<void> },
): Promise<void> {
  const active = environments.active()?.id;
  const choices: Choice<StoredEnvironment | 'add'>[] = [
    ...environmentChoices([...environments.list(), SAMPLE], active),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(add) ${vscode.l10n.t('Add Environment…')}`, value: 'add' },
  ];
  const answer = await askPick<StoredEnvironment | 'add'>({
    title: vscode.l10n.t('WorkOS: Switch Environment'),
    placeholder: vscode.l10n.t('Environment of this window'),
    choices,
    active: (value) => value !== 'add' && value.id === active,
  });
  if (typeof answer === 'string') return undefined;
  if (answer.value === 'add') return add();
  return answer.value.id === SAMPLE.id ? explore() : environments.activate(answer.value.id);
}
