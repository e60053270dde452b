import * as vscode from 'vscode';
import { SAMPLE } from '../environments.ts';
import type { McpEndpoint } from '../mcp-endpoint.ts';
import { createOrganization, tellCreated } from './create-organization.ts';
import { addEnvironment, allowWrites, removeEnvironment, switchEnvironment } from './environment.ts';
import type { CommandServices, Handlers } from './services.ts';

type Names =
  | 'addEnvironment'
  | 'setApiKey'
  | 'switchEnvironment'
  | 'removeEnvironment'
  | 'exploreSampleAccount'
  | 'allowWrites'
  | 'stopWrites'
  | 'showMenu'
  | 'openWalkthrough'
  | 'copyMcpEndpoint'
  | 'createOrganization';

/** Commands about environments, their keys, and what may be written to them. */
export function environmentCommands(services: CommandServices): Handlers<Names> {
  const { environments, accounts, access, endpoint, trees, details, changed } = services;
  const add = () => addEnvironment(environments, accounts);
  return {
    addEnvironment: add,
    setApiKey: () => undefined,
    switchEnvironment: () => switchEnvironment(environments, add),
    removeEnvironment: () => removeEnvironment(environments),
    exploreSampleAccount: () => environments.activate(SAMPLE.id),
    allowWrites: async () => {
      await allowWrites(environments.active(), access);
      changed();
    },
    stopWrites: () => undefined,
    showMenu: () => undefined,
    openWalkthrough: () => undefined,
    createOrganization: async () => {
      const environment = environments.active();
      if (environment === undefined) return add();
      const allowed = await allowWrites(environment, access);
      changed();
      if (!allowed) return undefined;
      const created = await createOrganization(accounts.invoke, environment);
      if (created === undefined) return undefined;
      trees.refresh();
      const { id = '', name } = created;
      return tellCreated(created, () => details.open({ kind: 'organization', id, name }));
    },
    copyMcpEndpoint: () => copyEndpoint(endpoint),
  };
}

async function copyEndpoint(endpoint: McpEndpoint): Promise<void> {
  const { url, token } = await endpoint.start();
  const entry = { type: 'http', url, headers: { Authorization: `Bearer ${token}` } };
  await vscode.env.clipboard.writeText(JSON.stringify({ servers: { workos: entry } }, null, 2));
  await vscode.window.showInformationMessage(
    'Copied the configuration of this window’s MCP endpoint. Its token ends with the window: keep it to yourself.',
  );
}
