import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import { cleanLabel } from '../text/clean-text.ts';
import { CONTEXT, VIEWS } from '../ids.ts';
import { AccountWatch, type AccountSource } from './account-watch.ts';
import { type Ask, askAsTree } from './tree-context.ts';
import type { GroupedBy } from './connection-groups.ts';
import { connectionRoot } from './connection-tree.ts';
import { directoryRoot } from './directory-tree.ts';
import type { Subject } from './subject.ts';
import { OrganizationNames } from './organization-names.ts';
import { organizationRoot } from './organization-tree.ts';
import { locate, lookUpName, shownFor } from './reveal.ts';
import type { Root } from './tree-rows.ts';
import { Tree } from './tree.ts';

const GROUPED_KEY = 'workos.connectionsBy';

/** What the trees work with. */
export interface TreesOptions {
  readonly invoke: Invoke;
  readonly account: AccountSource;
  /** True while nothing is served: then views show why instead of rows. */
  readonly halted: () => boolean;
  /** Remembers how connections are grouped. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
}

/** The three trees together. */
export interface Trees extends vscode.Disposable {
  readonly all: readonly Tree[];
  readonly organizations: Tree;
  readonly connections: Tree;
  readonly directories: Tree;
  /** Reads what is shown again; rows stay until the new ones are there. */
  refresh(): void;
  /** Lets go of rows that belong to another account than calls go to now. */
  environmentChanged(): Promise<void>;
  /** Takes away what is shown while nothing is served, and reads again when something is. */
  servingChanged(): void;
  /** Groups SSO connections differently, without reading them again. */
  groupConnections(by: GroupedBy): void;
  /** Shows an object in the view it belongs to, reading what leads there; says so if it is not there. */
  reveal(subject: Subject): Promise<void>;
}

/** Makes the trees, over the same tools that agents use. Nothing is read before a view is shown. */
export function createTrees({ invoke, account, memory, halted }: TreesOptions): Trees {
  const ask = askAsTree(invoke);
  const names = new OrganizationNames();
  let by = groupedBy(memory);
  const make = (id: string, root: (tree: Tree, search: string | undefined) => Root): Tree =>
    new Tree({ id, root, ready: () => account.active() !== undefined && !halted(), searched });
  const organizations = make(VIEWS.organizations, (tree, search) =>
    organizationRoot({ tree, ask, names }, search),
  );
  const connections = make(VIEWS.connections, (tree, search) =>
    connectionRoot({ tree, ask, names }, search, () => by),
  );
  const directories = make(VIEWS.directories, (tree, search) => directoryRoot({ tree, ask, names }, search));
  const all = [organizations, connections, directories];
  const own: Owners = { organizations, connections, directories };

  function searched(): void {
    const ids = all.filter(({ search }) => search !== undefined).map(({ id }) => id);
    setContext(CONTEXT.searchedViews, ids);
  }
  const leave = () => {
    names.forget();
    for (const tree of all) tree.reset();
  };
  const watch = new AccountWatch(account, leave);
  names.onLearn(() => {
    for (const tree of [connections, directories]) if (tree.begun) tree.rerender();
  });
  setContext(CONTEXT.connectionsBy, by);
  return {
    all,
    ...own,
    refresh: () => {
      for (const tree of all) tree.refresh();
    },
    environmentChanged: () => watch.look(),
    servingChanged: leave,
    groupConnections: (wanted) => {
      by = wanted;
      setContext(CONTEXT.connectionsBy, by);
      void memory.update(GROUPED_KEY, by);
      connections.rerender();
    },
    reveal: (subject) => reveal(subject, own, { ask, names }),
    dispose: () => vscode.Disposable.from(...all).dispose(),
  };
}

interface Owners {
  readonly organizations: Tree;
  readonly connections: Tree;
  readonly directories: Tree;
}

function treeOf({ organizations, connections, directories }: Owners, kind: Subject['kind']): Tree {
  if (kind === 'connection') return connections;
  return kind === 'directory' ? directories : organizations;
}

async function reveal(
  subject: Subject,
  owners: Owners,
  { ask, names }: { readonly ask: Ask; readonly names: OrganizationNames },
): Promise<void> {
  const wanted = shownFor(subject);
  const tree = treeOf(owners, wanted.kind);
  const nameOf = async () => wanted.name ?? names.get(wanted.id) ?? (await lookUpName(ask, wanted));
  const node = await locate(tree, wanted, nameOf);
  if (node !== undefined) {
    await tree.view.reveal(node, { select: true, focus: true, expand: true });
    return;
  }
  const name = cleanLabel(wanted.name ?? wanted.id);
  await vscode.window.showInformationMessage(vscode.l10n.t('{0} was not found in this environment.', name));
}

function groupedBy(memory: Pick<vscode.Memento, 'get'>): GroupedBy {
  return memory.get<string>(GROUPED_KEY) === 'state' ? 'state' : 'organization';
}

function setContext(key: string, value: unknown): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
