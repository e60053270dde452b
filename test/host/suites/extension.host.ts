// The extension from inside the extension host: provider, tools, keys, environments.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InHostSuite } from '../harness/in-host-entry.ts';
import { workosTools } from '../harness/mcp-tools.ts';

const ID = 'workos-mcp.workos-mcp';
const TEN = 10;

async function call(name: string, input: object): Promise<string> {
  const tool = (await workosTools(TEN)).find((offered) => offered.name.endsWith(`_${name}`));
  assert.ok(tool, `${name} is not offered`);
  const { content } = await vscode.lm.invokeTool(tool.name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

export const suite: InHostSuite = async ({ test }) => {
  await test('every contributed command is registered, and no other', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension);
    await extension.activate();
    const manifest = extension.packageJSON as { contributes: { commands: { command: string }[] } };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    const registered = (await vscode.commands.getCommands(true)).filter((id) => contributed.includes(id));
    assert.deepEqual(registered.toSorted(), contributed.toSorted());
  });
  await test('without an environment the ten tools are listed, and a call says what to do', async () => {
    const text = await call('list_workos_organizations', {});
    assert.match(text, /NO_API_KEY/u);
    assert.match(text, /Explore Sample Account/u);
  });
  await test('the sample account answers each of the ten tools', async () => {
    await vscode.commands.executeCommand('workos.exploreSampleAccount');
    const organizations = JSON.parse(await call('list_workos_organizations', {})) as {
      items: { name: string }[];
    };
    assert.equal(organizations.items.length, 5);
    const organization = 'Acme Corp';
    const connections = JSON.parse(await call('list_sso_connections', { organization })) as {
      items: { id: string }[];
    };
    const directories = JSON.parse(await call('list_directories', { organization })) as {
      items: { id: string }[];
    };
    const connection_id = connections.items[0]!.id;
    const directory_id = directories.items[0]!.id;
    assert.match(await call('get_organization_details', { organization }), /"name":"Acme Corp"/u);
    assert.match(await call('get_sso_connection_details', { connection_id }), /"state":"active"/u);
    assert.match(await call('get_directory_details', { directory_id }), /"users":120/u);
    assert.match(await call('list_directory_groups', { directory_id }), /IT Admin Group/u);
    assert.match(await call('list_directory_users', { directory_id }), /John Doe/u);
    assert.match(await call('get_audit_log_events', { organization, limit: 5 }), /"status":"ready"/u);
    const dry = { name: 'Host Test', domains: ['host-test.example'], dry_run: true };
    assert.match(await call('create_workos_organization', dry), /Nothing was created/u);
  });
  await test('read-only hides the tool that writes, and brings it back', async () => {
    const settings = vscode.workspace.getConfiguration('workos');
    await settings.update('readOnly', true, vscode.ConfigurationTarget.Global);
    const nine = await workosTools(TEN - 1);
    assert.ok(nine.every(({ name }) => !name.includes('create_workos')));
    await settings.update('readOnly', undefined, vscode.ConfigurationTarget.Global);
    assert.equal((await workosTools(TEN)).length, TEN);
  });
};
