// A window in which nobody has given a key yet.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InHostSuite } from '../harness/in-host-entry.ts';
import { callWorkos, workosTools } from '../harness/mcp-tools.ts';

const ID = 'workos-mcp.workos-mcp';

export const suite: InHostSuite = async ({ test }) => {
  await test('every contributed command is registered, and no other', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension);
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    const registered = (await vscode.commands.getCommands(true)).filter((id) => contributed.includes(id));
    assert.deepEqual(registered.toSorted(), contributed.toSorted());
    assert.ok(contributed.length > 30);
  });
  await test('the ten tools are listed, and a call says what to do', async () => {
    await workosTools(10);
    const text = await callWorkos('list_workos_organizations', {});
    assert.match(text, /NO_API_KEY/u);
    assert.match(text, /Explore Sample Account/u);
  });
};
