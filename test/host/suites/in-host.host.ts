// The ten tools as VS Code offers them to language models, on an account of the test's own.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { InHostSuite } from '../harness/in-host-entry.ts';
import { callWorkos, workosTools } from '../harness/mcp-tools.ts';

const TEN = [
  'create_workos_organization',
  'get_audit_log_events',
  'get_directory_details',
  'get_organization_details',
  'get_sso_connection_details',
  'list_directories',
  'list_directory_groups',
  'list_directory_users',
  'list_sso_connections',
  'list_workos_organizations',
];

interface Page {
  readonly items: readonly { readonly id: string; readonly name: string }[];
}

export const suite: InHostSuite = async ({ test }) => {
  await test('the ten tools are offered to language models under their names', async () => {
    await vscode.extensions.getExtension('workos-mcp.workos-mcp')!.activate();
    const names = (await workosTools(TEN.length)).map(({ name }) => name);
    assert.deepEqual(
      names.toSorted(),
      TEN.map((name) => `mcp_workos_${name}`),
    );
  });
  await test('each of the ten answers', async () => {
    const read = async (tool: string, input: object) => JSON.parse(await callWorkos(tool, input)) as Page;
    const { items } = await read('list_workos_organizations', {});
    assert.equal(items.length, 5);
    const organization = items.find(({ name }) => name === 'Acme Corp')!.id;
    const connection_id = (await read('list_sso_connections', { organization })).items[0]!.id;
    const directory_id = (await read('list_directories', { organization })).items[0]!.id;
    assert.match(await callWorkos('get_organization_details', { organization }), /"name":"Acme Corp"/u);
    assert.match(await callWorkos('get_sso_connection_details', { connection_id }), /"state":"active"/u);
    assert.match(await callWorkos('get_directory_details', { directory_id }), /"users":120/u);
    assert.match(await callWorkos('list_directory_groups', { directory_id }), /IT Admin Group/u);
    assert.match(await callWorkos('list_directory_users', { directory_id }), /John Doe/u);
    assert.match(await callWorkos('get_audit_log_events', { organization, limit: 5 }), /"status":"ready"/u);
    const dry = { name: 'Host Test', domains: ['host-test.example'], dry_run: true };
    assert.match(await callWorkos('create_workos_organization', dry), /Nothing was created/u);
  });
  await test('read-only hides the tool that writes, and brings it back', async () => {
    const settings = vscode.workspace.getConfiguration('workos');
    await settings.update('readOnly', true, vscode.ConfigurationTarget.Global);
    const nine = await workosTools(TEN.length - 1);
    assert.ok(nine.every(({ name }) => !name.includes('create_workos')));
    await settings.update('readOnly', undefined, vscode.ConfigurationTarget.Global);
    await workosTools(TEN.length);
  });
};
