import * as vscode from 'vscode';
import { cleanLine } from '../text/clean-text.ts';
import { VIEWS } from '../ids.ts';
import type { Tree } from '../views/tree.ts';
import type { Trees } from '../views/trees.ts';
import { rowCommands } from './row-commands.ts';
import type { CommandServices, Handlers } from './services.ts';

/** Commands of the trees and their rows. */
export function viewCommands(services: CommandServices) {
  const { trees } = services;
  return {
    ...rowCommands(services),
    refresh: () => trees.refresh(),
    find: async () => {
      const tree = await chooseTree(trees);
      return tree && find(tree);
    },
    findOrganizations: () => find(trees.organizations),
    findConnections: () => find(trees.connections),
    findDirectories: () => find(trees.directories),
    clearFind: () => {
      const searched = trees.all.filter(({ search }) => search !== undefined);
      const inVain = searched.filter(({ state }) => state === 'notFound');
      for (const tree of inVain.length > 0 ? inVain : searched) tree.find(undefined);
    },
    clearFindOrganizations: () => trees.organizations.find(undefined),
    clearFindConnections: () => trees.connections.find(undefined),
    clearFindDirectories: () => trees.directories.find(undefined),
    loadMore: (load) => (typeof load === 'function' ? load() : undefined),
    groupByOrganization: () => trees.groupConnections('organization'),
    groupByState: () => trees.groupConnections('state'),
  } satisfies Partial<Handlers>;
}

/** The view to search in, for the command palette: the only one that is open, else the person chooses. */
async function chooseTree({ all }: Trees): Promise<Tree | undefined> {
  const visible = all.filter(({ view }) => view.visible);
  if (visible.length === 1) return visible[0];
  const choices = all.map((tree) => ({ label: titleOf(tree), tree }));
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('WorkOS: Find'),
    placeHolder: vscode.l10n.t('Where to search'),
  });
  return chosen?.tree;
}

async function find(tree: Tree): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('WorkOS: Find in {0}', titleOf(tree)),
    prompt: vscode.l10n.t('Part of the name. Leave it empty to see everything.'),
    value: cleanLine(tree.search ?? ''),
    validateInput: (value) =>
      value.trim().length > 200 ? vscode.l10n.t('At most 200 characters.') : undefined,
  });
  if (text === undefined) return;
  tree.find(text.trim());
  await vscode.commands.executeCommand(`${tree.id}.focus`);
}

function titleOf({ id }: Tree): string {
  if (id === VIEWS.connections) return vscode.l10n.t('SSO Connections');
  return id === VIEWS.directories ? vscode.l10n.t('Directories') : vscode.l10n.t('Organizations');
}
