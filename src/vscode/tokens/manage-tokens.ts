import * as vscode from 'vscode';
import type { TokenInfo } from '../../access/token-info.ts';
import type { Tokens } from '../../access/tokens.ts';
import type { Logger } from '../../shared/logger.ts';
import { askPick, type Choice, separator } from '../commands/step-inputs.ts';
import type { McpEndpoint } from '../endpoint/mcp-endpoint.ts';
import { momentText } from '../views/texts.ts';
import { askWish } from './issue-token.ts';
import { offerKeptPort } from './kept-port.ts';
import { manageToken } from './manage-token.ts';
import { showToken } from './show-token.ts';
import { attempt } from './token-errors.ts';
import { tokenItem } from './token-texts.ts';

export interface ManageTokens {
  readonly tokens: Tokens;
  readonly endpoint: Pick<McpEndpoint, 'start'>;
  readonly log: Logger;
}

/** The command "Manage Connection Tokens": all there are, and what can be done with each. */
export async function manageTokens(services: ManageTokens): Promise<void> {
  const { tokens } = services;
  for (;;) {
    const list = await attempt(() => tokens.list());
    if (list === undefined) return;
    const answer = await askPick<'issue' | TokenInfo>({
      title: vscode.l10n.t('WorkOS: Manage Connection Tokens'),
      placeholder: vscode.l10n.t('Clients connect with a token: issue one, or choose one to change it'),
      choices: choicesFor(list.value),
    });
    if (typeof answer === 'string') return;
    if (answer.value === 'issue') return issue(services);
    if ((await manageToken(tokens, answer.value.id)) === 'done') return;
  }
}

function choicesFor(all: readonly TokenInfo[]): Choice<'issue' | TokenInfo>[] {
  const item = (info: TokenInfo) => ({ ...tokenItem(vscode.l10n, info, momentText), value: info });
  const newest = all.toReversed();
  const kept = newest.filter(({ status }) => status !== 'revoked').map(item);
  const revoked = newest.filter(({ status }) => status === 'revoked').map(item);
  return [
    { label: `$(add) ${vscode.l10n.t('Issue a token…')}`, value: 'issue' },
    ...(kept.length > 0 ? [separator(vscode.l10n.t('Issued')), ...kept] : []),
    ...(revoked.length > 0 ? [separator(vscode.l10n.t('Revoked')), ...revoked] : []),
  ];
}

async function issue({ tokens, endpoint, log }: ManageTokens): Promise<void> {
  const wish = await askWish(tokens);
  if (wish === undefined) return;
  const issued = await attempt(() => tokens.issue(wish));
  if (issued === undefined) return;
  const server = await endpoint.start().catch((error: unknown) => {
    log.error(`The MCP endpoint can't be started: ${String(error)}`);
  });
  const { token, info } = issued.value;
  await showToken({ name: info.name, token, url: server?.url });
  if (server !== undefined) await offerKeptPort(server);
}
