import * as vscode from 'vscode';
import type { Invoke } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import { VIEWS } from '../ids.ts';
import { directoryNode, PAGE, TREE } from './directory-nodes.ts';
import { errorRow, groupRow, healthIcon, messageRow, type Node, row, type Subject } from './nodes.ts';
import { Tree } from './tree.ts';

type Organization = Output<'list_workos_organizations'>['items'][number];
type Details = Output<'get_organization_details'>;

/** The three trees together. */
export interface Trees extends vscode.Disposable {
  readonly all: readonly Tree[];
  /** Reads what is shown again; rows stay until the new ones are there. */
  refresh(): void;
  /** Shows an object in the view it belongs to, reading what leads there. */
  reveal(subject: Subject): Promise<void>;
}

/** Makes the trees, over the same tools that agents use. `ready` is false while there is no environment. */
export function createTrees(invoke: Invoke, ready: () => boolean): Trees {
  const all = makeTrees(invoke, ready);
  return {
    all,
    refresh: () => {
      for (const tree of all) tree.refresh();
    },
    reveal: async () => undefined,
    dispose: () => vscode.Disposable.from(...all).dispose(),
  };
}

function makeTrees(invoke: Invoke, ready: () => boolean): readonly Tree[] {
  const when = (roots: (tree: Tree) => () => Promise<Node[]>) => (tree: Tree) =>
    ready() ? roots(tree) : async () => [];
  return [
    new Tree(
      VIEWS.organizations,
      when((tree) => organizationRoots(tree, invoke)),
    ),
    new Tree(
      VIEWS.connections,
      when((tree) => connectionRoots(tree, invoke)),
    ),
    new Tree(
      VIEWS.directories,
      when((tree) => directoryRoots(tree, invoke)),
    ),
  ];
}

function organizationRoots(tree: Tree, invoke: Invoke): () => Promise<Node[]> {
  const search = tree.search;
  return tree.pages({
    fetch: (cursor) => invoke('list_workos_organizations', { search, limit: PAGE, cursor }, TREE),
    toNode: (organization) => organizationNode(invoke, organization),
    empty: search === undefined ? 'No organizations yet' : 'No organization has this in its name',
  });
}

function organizationNode(invoke: Invoke, { id, name = id, domains = [] }: Organization): Node {
  const children = async () => {
    const details = await invoke('get_organization_details', { organization: id }, TREE);
    return details.ok ? organizationParts(details.value) : [errorRow(details.error)];
  };
  return row(
    { kind: 'organization', id, name },
    {
      description: domains.map(({ domain }) => domain).join(', '),
      icon: new vscode.ThemeIcon('home'),
      children,
    },
  );
}

function organizationParts({ id = '', domains = [], connections = [], directories = [] }: Details): Node[] {
  const part = (label: string, nodes: Node[]) =>
    groupRow(label, `${label}:${id}`, async () => (nodes.length > 0 ? nodes : [messageRow('None')]));
  return [
    part('Domains', domains.map(domainNode)),
    part(
      'SSO Connections',
      connections.map(({ id: connection, name = connection, state }) =>
        under(id, connectionRow(connection, name, state, state)),
      ),
    ),
    part(
      'Directories',
      directories.map(({ id: directory, name = directory, state }) =>
        under(
          id,
          row(
            { kind: 'directory', id: directory, name },
            { description: state, icon: healthIcon('folder-library', state === 'linked') },
          ),
        ),
      ),
    ),
  ];
}

/** The same object stands in two trees: its place makes the row's id unique. */
function under(place: string, node: Node): Node {
  node.item.id = `${place}:${node.item.id ?? ''}`;
  return node;
}

function domainNode({ id, domain, state = '', days_left }: NonNullable<Details['domains']>[number]): Node {
  const left = days_left === undefined ? '' : ` · ${days_left} days left`;
  const icon = healthIcon('globe', state === 'verified' || state === 'legacy_verified');
  return row({ kind: 'domain', id: id ?? domain, name: domain }, { description: `${state}${left}`, icon });
}

function connectionRow(
  id: string,
  name: string,
  state: string | undefined,
  description: string | undefined,
): Node {
  return row({ kind: 'connection', id, name }, { description, icon: healthIcon('key', state === 'active') });
}

function connectionRoots(tree: Tree, invoke: Invoke): () => Promise<Node[]> {
  const search = tree.search;
  return tree.pages({
    fetch: (cursor) => invoke('list_sso_connections', { search, limit: PAGE, cursor }, TREE),
    toNode: ({ id, name = id, state, protocol, organization, findings = [] }) =>
      connectionRow(
        id,
        name,
        findings.length > 0 ? 'broken' : state,
        describe([organization?.name, protocol, state]),
      ),
    empty: search === undefined ? 'No SSO connections yet' : 'No connection has this in its name',
  });
}

function directoryRoots(tree: Tree, invoke: Invoke): () => Promise<Node[]> {
  const search = tree.search;
  return tree.pages({
    fetch: (cursor) => invoke('list_directories', { search, limit: PAGE, cursor }, TREE),
    toNode: (directory) => directoryNode(tree, invoke, directory),
    empty: search === undefined ? 'No directories yet' : 'No directory has this in its name',
  });
}

function describe(parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}
