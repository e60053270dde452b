import * as vscode from 'vscode';
import type { StoredEnvironment } from '../environments/environments.ts';
import { EXTENSION_ID } from '../ids.ts';
import { addEnvironment } from './add-environment.ts';
import { copyMcpEndpoint } from './copy-mcp-endpoint.ts';
import { createOrganization } from './create-organization/create-organization.ts';
import { exploreSampleAccount } from './explore-sample-account.ts';
import { tellStopped } from './kill-switch.ts';
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
  const { environments, accounts, access, endpoint, trees, log, kill } = services;
  const add = () => addEnvironment(environments, accounts);
  const explore = () => exploreSampleAccount(environments, accounts, log);
  const withActive = (work: (environment: StoredEnvironment) => Promise<unknown>) => {
    const environment = environments.active();
    return environment && work(environment);
  };
  return {
    addEnvironment: add,
    setApiKey: () => setApiKey(environments, accounts, add),
    switchEnvironment: () => switchEnvironment(environments, { add, explore }),
    removeEnvironment: () => removeEnvironment(environments),
    exploreSampleAccount: explore,
    allowWrites: () => withActive((environment) => allowWrites(environment, access)),
    stopWrites: () => withActive((environment) => stopWrites(environment, access)),
    showMenu: () => showMenu(environments.active(), access, kill.state().stopped),
    openWalkthrough: () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    createOrganization: () =>
      withActive(async (environment) => {
        const written = () => trees.refresh();
        const created = await createOrganization({ accounts, environment, access, written });
        return created && tellCreated(created, environment, services);
      }),
    copyMcpEndpoint: () => (kill.state().stopped ? tellStopped() : copyMcpEndpoint(endpoint, log)),
  } satisfies Partial<Handlers>;
}
