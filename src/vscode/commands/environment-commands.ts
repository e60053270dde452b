import * as vscode from 'vscode';
import { EXTENSION_ID } from '../ids.ts';
import { addEnvironment } from './add-environment.ts';
import { copyMcpEndpoint } from './copy-mcp-endpoint.ts';
import { createOrganization } from './create-organization/create-organization.ts';
import { exploreSampleAccount } from './explore-sample-account.ts';
import { removeEnvironment } from './remove-environment.ts';
import type { CommandServices, Handlers } from './services.ts';
import { setApiKey } from './set-api-key.ts';
import { showMenu } from './show-menu.ts';
import { switchEnvironment } from './switch-environment.ts';
import { tellCreated } from './create-organization/tell-created.ts';
import { allowWrites, stopWrites } from './write-commands.ts';

const WALKTHROUGH = `${EXTENSION_ID}#workos.start`;

/** Commands about environments, their keys, and what may be written to them. */
export function environmentCommands(services: CommandServices) {
  const { environments, accounts, access, endpoint, trees } = services;
  const add = () => addEnvironment(environments, accounts);
  const explore = () => exploreSampleAccount(environments, accounts);
  return {
    addEnvironment: add,
    setApiKey: () => setApiKey(environments, accounts, add),
    switchEnvironment: () => switchEnvironment(environments, { add, explore }),
    removeEnvironment: () => removeEnvironment(environments),
    exploreSampleAccount: explore,
    allowWrites: () => allowWrites(environments.active(), access),
    stopWrites: () => stopWrites(environments.active(), access),
    showMenu: () => showMenu(environments.active(), access),
    openWalkthrough: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    createOrganization: async () => {
      const environment = environments.active();
      if (environment === undefined) return add();
      const created = await createOrganization({
        accounts,
        environment,
        access,
        written: () => trees.refresh(),
      });
      return created && tellCreated(created, environment, services);
    },
    copyMcpEndpoint: () => copyMcpEndpoint(endpoint),
  } satisfies Partial<Handlers>;
}
