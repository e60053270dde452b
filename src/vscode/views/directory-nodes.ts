import * as vscode from 'vscode';
import type { Invoke, Outcome } from '../../gateway/gateway.ts';
import type { Output } from '../../tools/registry.ts';
import { groupRow, healthIcon, type Node, row } from './nodes.ts';
import type { Tree } from './tree.ts';

/** How trees call: as a person, through the same gateway as everybody. */
export const TREE = { kind: 'person', surface: 'tree' } as const;
/** Rows per page of a tree. */
export const PAGE = 100;

type Directory = Output<'list_directories'>['items'][number];
type User = Output<'list_directory_users'>['items'][number];

/** A directory with its groups and users. */
export function directoryNode(tree: Tree, invoke: Invoke, directory: Directory): Node {
  const { id, name = id, state = '', users, groups, organization } = directory;
  const counts = [
    users === undefined ? '' : `${users} users`,
    groups === undefined ? '' : `${groups} groups`,
  ];
  const children = async () => [groupsNode(tree, invoke, id), usersNode(tree, invoke, id)];
  return row(
    { kind: 'directory', id, name },
    {
      description: [organization?.name, state, ...counts].filter(Boolean).join(' · '),
      icon: healthIcon('folder-library', state === 'linked'),
      children,
    },
  );
}

function groupsNode(tree: Tree, invoke: Invoke, directory_id: string): Node {
  const node: Node = groupRow(
    'Groups',
    `groups:${directory_id}`,
    tree.pages(
      {
        fetch: (cursor) => invoke('list_directory_groups', { directory_id, limit: PAGE, cursor }, TREE),
        toNode: ({ id, name = id }) =>
          row(
            { kind: 'group', id, name },
            {
              icon: new vscode.ThemeIcon('organization'),
              children: members(tree, invoke, { group: id, directory_id }),
            },
          ),
        empty: 'No groups',
      },
      () => node,
    ),
  );
  return node;
}

function usersNode(tree: Tree, invoke: Invoke, directory_id: string): Node {
  const node: Node = groupRow(
    'Users',
    `users:${directory_id}`,
    members(tree, invoke, { directory_id }, () => node),
  );
  return node;
}

function members(
  tree: Tree,
  invoke: Invoke,
  target: { directory_id: string; group?: string },
  parent?: () => Node | undefined,
): () => Promise<Node[]> {
  const fetch = (cursor: string | undefined): Promise<Outcome<Output<'list_directory_users'>>> =>
    invoke('list_directory_users', { ...target, limit: PAGE, cursor }, TREE);
  return tree.pages({ fetch, toNode: userNode(target.group ?? ''), empty: 'No users' }, parent);
}

/** A person can be in several groups: the place makes the row's id unique. */
function userNode(place: string) {
  return ({ id, name = id, email, state }: User): Node => {
    const icon = new vscode.ThemeIcon(state === 'active' ? 'person' : 'circle-slash');
    const node = row(
      { kind: 'user', id, name },
      { description: [email, state].filter(Boolean).join(' · '), icon },
    );
    node.item.id = `user:${place}:${id}`;
    return node;
  };
}
