import * as vscode from 'vscode';
import { isRecord } from '../../shared/json.ts';
import type { Accounts } from '../accounts.ts';
import type { DetailDocuments } from '../details.ts';
import { type Environments, SAMPLE } from '../environments.ts';
import { COMMANDS } from '../ids.ts';
import type { McpEndpoint } from '../mcp-endpoint.ts';
import type { Subject } from '../views/nodes.ts';
import type { Tree } from '../views/tree.ts';
import type { WriteAccess } from '../write-access.ts';
import { createOrganization, tellCreated } from './create-organization.ts';
import { addEnvironment, allowWrites, removeEnvironment, switchEnvironment } from './environment.ts';

/** What commands work with. */
export interface CommandServices {
  readonly environments: Environments;
  readonly accounts: Accounts;
  readonly access: WriteAccess;
  readonly endpoint: McpEndpoint;
  readonly trees: readonly Tree[];
  readonly details: DetailDocuments;
  readonly log: vscode.LogOutputChannel;
  /** Brings views, status bar and clients up to date. */
  readonly changed: () => void;
}

type Handlers = Readonly<Record<keyof typeof COMMANDS, (...args: readonly unknown[]) => unknown>>;

/** Registers every command of the table. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const handlers = handlersOf(services);
  return vscode.Disposable.from(
    ...Object.entries(COMMANDS).map(([name, id]) =>
      vscode.commands.registerCommand(id, handlerOf(handlers, name)),
    ),
  );
}

function handlerOf(handlers: Handlers, name: string): (...args: readonly unknown[]) => unknown {
  const found = Object.entries(handlers).find(([known]) => known === name);
  if (found === undefined) throw new Error(`No handler for ${name}.`);
  return found[1];
}

function handlersOf(services: CommandServices): Handlers {
  const { environments, accounts, access, endpoint, trees, details, log, changed } = services;
  const add = () => addEnvironment(environments, accounts);
  const refresh = () => {
    for (const tree of trees) tree.refresh();
  };
  return {
    addEnvironment: add,
    switchEnvironment: () => switchEnvironment(environments, add),
    removeEnvironment: () => removeEnvironment(environments),
    exploreSampleAccount: () => environments.activate(SAMPLE.id),
    allowWrites: async () => {
      await allowWrites(environments.active(), access);
      changed();
    },
    createOrganization: async () => {
      const environment = environments.active();
      if (environment === undefined) return add();
      const allowed = await allowWrites(environment, access);
      changed();
      if (!allowed) return undefined;
      const created = await createOrganization(accounts.invoke, environment);
      if (created === undefined) return undefined;
      refresh();
      const { id = '', name } = created;
      return tellCreated(created, () => details.open({ kind: 'organization', id, name }));
    },
    refresh,
    find: async () => {
      const tree = trees.find(({ view }) => view.visible) ?? trees[0];
      const text = await vscode.window.showInputBox({
        title: 'WorkOS: Find',
        prompt: 'Part of the name',
        value: tree?.search ?? '',
      });
      if (text !== undefined) tree?.find(text.trim());
    },
    clearFind: () => {
      for (const tree of trees) if (tree.search !== undefined) tree.find(undefined);
    },
    loadMore: (load) => (typeof load === 'function' ? load() : undefined),
    openDetails: (node) => withSubject(node, (subject) => details.open(subject)),
    copyId: (node) => withSubject(node, ({ id }) => vscode.env.clipboard.writeText(id)),
    copyMcpEndpoint: () => copyEndpoint(endpoint),
    showLog: () => log.show(),
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

/** Commands of rows get the row; anything else is ignored. */
function withSubject(node: unknown, act: (subject: Subject) => unknown): unknown {
  const subject = isRecord(node) ? node['subject'] : undefined;
  return isSubject(subject) ? act(subject) : undefined;
}

function isSubject(value: unknown): value is Subject {
  return isRecord(value) && typeof value['id'] === 'string' && typeof value['kind'] === 'string';
}
