import * as vscode from 'vscode';
import type { TokenInfo } from '../../access/token-info.ts';
import type { Tokens } from '../../access/tokens.ts';
import { askPick, type Choice, separator } from '../commands/step-inputs.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { momentText } from '../views/texts.ts';
import { askName } from './ask-name.ts';
import { attempt } from './token-errors.ts';
import { clientItem, tokenItem, toolsText } from './token-texts.ts';

type Action = 'rename' | 'enable' | 'disable' | 'revoke';
const ALONE = { step: 1, totalSteps: 1, canGoBack: true } as const;

/** One token: who used it, and what can be done with it. `back` leads to the list. */
export async function manageToken(tokens: Tokens, id: string): Promise<'back' | 'done'> {
  for (;;) {
    const list = await attempt(() => tokens.list());
    const info = list?.value.find((each) => each.id === id);
    if (info === undefined) return list === undefined ? 'done' : 'back';
    const { description } = tokenItem(vscode.l10n, info, momentText);
    const answer = await askPick<Action>({
      title: vscode.l10n.t('WorkOS: Connection Token {0}', cleanLabel(info.name)),
      place: ALONE,
      placeholder: toolsText(vscode.l10n, info.scope) ?? description,
      choices: [...actionsFor(info), ...clientsOf(info)],
    });
    if (answer === 'back') return 'back';
    if (answer === 'cancel') return 'done';
    await act(tokens, info, answer.value);
  }
}

function actionsFor({ status, enabled }: TokenInfo): Choice<Action>[] {
  if (status === 'revoked') return [];
  return [
    { label: `$(edit) ${vscode.l10n.t('Rename…')}`, value: 'rename' },
    enabled
      ? {
          label: `$(debug-pause) ${vscode.l10n.t('Disable')}`,
          description: vscode.l10n.t('what is open under it ends'),
          value: 'disable',
        }
      : { label: `$(debug-start) ${vscode.l10n.t('Enable')}`, value: 'enable' },
    {
      label: `$(trash) ${vscode.l10n.t('Revoke…')}`,
      description: vscode.l10n.t('for good; what is open under it ends'),
      value: 'revoke',
    },
  ];
}

function clientsOf({ clients }: TokenInfo): Choice<Action>[] {
  const rows = clients.map((client) => clientItem(vscode.l10n, client, momentText));
  const none = { label: vscode.l10n.t('No client has used it yet.') };
  return [separator(vscode.l10n.t('Usage by client')), ...(rows.length > 0 ? rows : [none])];
}

async function act(tokens: Tokens, info: TokenInfo, action: Action): Promise<void> {
  const { id, name } = info;
  if (action === 'enable') await attempt(() => tokens.enable(id));
  else if (action === 'disable') await attempt(() => tokens.disable(id));
  else if (action === 'revoke') {
    if (await sure(name)) await attempt(() => tokens.revoke(id));
  } else {
    const title = vscode.l10n.t('WorkOS: Connection Token {0}', cleanLabel(name));
    const answer = await askName(tokens, { title, place: ALONE, value: name }, name);
    if (typeof answer !== 'string') await attempt(() => tokens.rename(id, answer.value));
  }
}

async function sure(name: string): Promise<boolean> {
  const revoke = vscode.l10n.t('Revoke');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Revoke the connection token {0}?', cleanLabel(name)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'This is for good: clients that use it need another one. What is open under it ends now.',
      ),
    },
    revoke,
  );
  return chosen === revoke;
}
