// Runs in the extension host: the MCP tools that language models are offered.
import * as vscode from 'vscode';
import { until } from './tests.mts';

/** Starts the MCP servers of all extensions and waits for `count` tools of a server titled WorkOS. */
export async function workosTools(count: number): Promise<readonly vscode.LanguageModelToolInformation[]> {
  const look = async () => {
    // Definitions reach the workbench some time after activation: asked for anew until they are there.
    await vscode.commands.executeCommand('workbench.mcp.startServer', '*', { waitForLiveTools: true });
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_workos_'));
    return tools.length === count && tools;
  };
  return until(`${count} WorkOS tools`, look, { timeoutMs: 25_000, everyMs: 250 });
}

/** Calls a tool of the extension as a language model does; the text of its answer. */
export async function callWorkos(name: string, input: object): Promise<string> {
  const tool = `mcp_workos_${name}`;
  if (!vscode.lm.tools.some((offered) => offered.name === tool)) throw new Error(`${tool} is not offered`);
  const { content } = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}
