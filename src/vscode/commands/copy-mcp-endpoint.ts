import * as vscode from 'vscode';
import type { Logger } from '../../shared/logger.ts';
import type { McpEndpoint } from '../endpoint/mcp-endpoint.ts';
import { tellEndpointFailed } from '../notices.ts';
import { type EndpointFormat, endpointText } from './endpoint-formats.ts';
import { askPick, type PickQuestion } from './step-inputs.ts';

/** Copies how to reach this window's MCP endpoint, in the form the person's client reads. */
export async function copyMcpEndpoint(endpoint: McpEndpoint, log: Logger): Promise<void> {
  const format = await askFormat({
    title: vscode.l10n.t('WorkOS: Copy MCP Endpoint'),
    placeholder: vscode.l10n.t('For which client? Address and token end with this window.'),
  });
  if (format === undefined) return;
  const started = await endpoint.start().catch((error: unknown) => {
    log.error(`The MCP endpoint can't be started: ${String(error)}`);
  });
  if (started === undefined) {
    await tellEndpointFailed();
    return;
  }
  await vscode.env.clipboard.writeText(endpointText(format, started));
  await vscode.window.showInformationMessage(
    vscode.l10n.t('Copied. Keep the token to yourself: it opens this window’s account.'),
  );
}

/** Asks in which form a client takes an address and a token. */
export async function askFormat(
  question: Pick<PickQuestion<EndpointFormat>, 'title' | 'placeholder'>,
): Promise<EndpointFormat | undefined> {
  const answer = await askPick<EndpointFormat>({
    ...question,
    choices: [
      { label: 'VS Code', description: 'mcp.json: servers', value: 'vscode' },
      { label: 'Claude, Cursor, Windsurf', description: 'mcpServers', value: 'mcpServers' },
      {
        label: vscode.l10n.t('Another client'),
        description: vscode.l10n.t('address and token only'),
        value: 'plain',
      },
    ],
  });
  return typeof answer === 'string' ? undefined : answer.value;
}
