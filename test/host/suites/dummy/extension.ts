// Stands in for a product, to try the harness: a command, a tree and the built MCP server on the sample account.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';

const LABEL = 'WorkOS sample account';
const TREE: Record<string, readonly string[]> = { Citrus: ['Lemon', 'Orange'], Berries: ['Currant'] };

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand('dummy.greet', greet),
    vscode.commands.registerCommand('dummy.mark', (fruit: string) =>
      vscode.window.showWarningMessage(`Marked ${fruit}`),
    ),
    vscode.window.registerTreeDataProvider<string>('dummy.fruits', {
      getChildren: (group) => [...(group === undefined ? Object.keys(TREE) : (TREE[group] ?? []))],
      getTreeItem: (name) =>
        new vscode.TreeItem(
          name,
          name in TREE ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
        ),
    }),
  );
  const bundle = process.env['DUMMY_BUNDLE'];
  if (bundle !== undefined) provideMcp(context, bundle);
}

async function greet(): Promise<void> {
  const name = await vscode.window.showInputBox({ prompt: 'Whom?' });
  if (name === undefined) return;
  const reply = await vscode.window.showInformationMessage(`Hello, ${name}`, 'Hello');
  if (reply !== undefined) await vscode.window.showWarningMessage('Are we done?', { modal: true }, 'Done');
}

/** The address is known only once the server runs: until then provide waits. */
function provideMcp(context: vscode.ExtensionContext, bundle: string): void {
  const server = spawn(process.execPath, [bundle, 'serve', '--sandbox', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = new Promise<{ url: string; token: string }>((resolve) => {
    createInterface(server.stdout).once('line', (line) => resolve(JSON.parse(line)));
  });
  context.subscriptions.push(
    { dispose: () => server.kill() },
    vscode.lm.registerMcpServerDefinitionProvider('dummy.mcp', {
      provideMcpServerDefinitions: async () => {
        const { url, token } = await address;
        const headers = { Authorization: `Bearer ${token}` };
        return [new vscode.McpHttpServerDefinition(LABEL, vscode.Uri.parse(url), headers, '1')];
      },
    }),
  );
}
