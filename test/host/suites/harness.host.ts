// The harness tried from inside the extension host.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InHostSuite } from '../harness/in-host-entry.ts';
import { workosTools } from '../harness/mcp-tools.ts';

export const suite: InHostSuite = async ({ test, argument }) => {
  await test('the extension is installed and activates', async () => {
    const extension = vscode.extensions.getExtension('test.dummy');
    assert.ok(extension);
    await extension.activate();
    assert.ok((await vscode.commands.getCommands(true)).includes('dummy.greet'));
    assert.deepEqual(argument, { organizations: 5 });
  });
  await test('the ten tools are offered to language models', async () => {
    const tools = await workosTools(10);
    assert.ok(tools.every(({ name }) => name.startsWith('mcp_workos_')));
  });
  await test('a tool answers', async () => {
    const tool = (await workosTools(10)).find(({ name }) => name.endsWith('list_workos_organizations'));
    const { content } = await vscode.lm.invokeTool(tool!.name, { input: {}, toolInvocationToken: undefined });
    const text = content
      .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
      .join('');
    assert.equal(JSON.parse(text).items.length, 5);
  });
};
