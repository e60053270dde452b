import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { McpEndpoint } from '../mcp-endpoint.ts';
import { type EndpointFormat, endpointText } from './endpoint-formats.ts';
import { askPick } from './step-inputs.ts';

/** Copies how to reach this window's MCP endpoint, in the form the person's client reads. */
export async function copyMcpEndpoint(endpoint: McpEndpoint): Promise<void> {
  const answer = await askPick<EndpointFormat>({
    title: vscode.l10n.t('WorkOS: Copy MCP Endpoint'),
    placeholder: vscode.l10n.t('For which client? Address and token end with this window.'),
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
  if (typeof answer === 'string') return;
  try {
    await vscode.env.clipboard.writeText(endpointText(answer.value, await endpoint.start()));
  } catch {
    await tellNotStarted();
    return;
  }
  await vscode.window.showInformationMessage(
    vscode.l10n.t('Copied. Keep the token to yourself: it opens this window’s account.'),
  );
}

/** Says that agents have no way to the account. */
export async function tellNotStarted(): Promise<void> {
  const open = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t(
      'The MCP endpoint for agents could not be started. The views and commands work without it.',
    ),
    open,
  );
  if (chosen === open) await vscode.commands.executeCommand(COMMANDS.showLog);
}
