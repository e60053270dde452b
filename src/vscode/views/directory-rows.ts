import * as vscode from 'vscode';
import { joinParts } from '../text/join-parts.ts';
import { type Directory, type Group, PAGE, type TreeContext, type User } from './tree-context.ts';
import { directoryHealth } from './health.ts';
import { healthIcon } from './icons.ts';
import { groupRow, type Node, row } from './nodes.ts';
import type { Subject } from './subject.ts';
import { dateText, findingSentence, groupCountText, stateText, userCountText } from './texts.ts';
import { tooltipMarkdown } from './tooltips.ts';

/** A row for a directory, with its groups and users below. */
export function directoryRow(
  context: TreeContext,
  directory: Directory,
  { parent, withOwner }: { parent: Node | undefined; withOwner: boolean },
): Node {
  const { id, name = '', state, users, groups, organization } = directory;
  const owner = withOwner ? context.names.get(organization?.id) : undefined;
  const counts = [users && userCountText(users), groups && groupCountText(groups)].map((text) =>
    text ? text : undefined,
  );
  const health = directoryHealth(directory);
  const subject: Subject = { kind: 'directory', id, name: name || id, organization: organization?.id };
  return row(subject, {
    parent,
    icon: healthIcon('folder-library', health),
    // What is wrong stands first: a narrow side bar cuts the rest.
    description: joinParts(
      health === 'healthy' ? [owner, stateText(state), ...counts] : [stateText(state), owner, ...counts],
    ),
    says: [stateText(state), owner, ...counts],
    tooltip: () => directoryTooltip(directory, context.names.get(organization?.id)),
    children: async (self) => [groupsNode(context, directory, self), usersNode(context, directory, self)],
  });
}

function directoryTooltip(directory: Directory, owner: string | undefined): string {
  const { id, name = '', state, provider, organization, users, groups, findings = [] } = directory;
  return tooltipMarkdown({
    title: name || id,
    findings: findings.map(findingSentence),
    lines: [
      [vscode.l10n.t('State'), stateText(state)],
      [vscode.l10n.t('Provider'), provider],
      [vscode.l10n.t('Organization'), owner ?? organization?.id],
      [vscode.l10n.t('Users'), users?.toString()],
      [vscode.l10n.t('Groups'), groups?.toString()],
      [vscode.l10n.t('ID'), id],
    ],
  });
}

function groupsNode(context: TreeContext, directory: Directory, parent: Node): Node {
  const { id, groups, organization } = directory;
  const options = {
    parent,
    key: 'groups',
    label: vscode.l10n.t('Groups'),
    description: groups?.toString(),
    icon: new vscode.ThemeIcon('organization'),
  };
  return groupRow(options, (self) =>
    context.tree.level<Group>(self, () => ({
      fetch: (cursor) => context.ask('list_directory_groups', { directory_id: id, limit: PAGE, cursor }),
      nodes: (rows, above) =>
        rows.map((group) =>
          oneGroup(context, group, { above, directory: id, organization: organization?.id }),
        ),
      empty: () => vscode.l10n.t('No groups'),
    })),
  );
}

interface Place {
  readonly above: Node | undefined;
  readonly directory: string;
  readonly organization: string | undefined;
}

function oneGroup(context: TreeContext, group: Group, { above, directory, organization }: Place): Node {
  const { id, name = '' } = group;
  return row(
    { kind: 'group', id, name: name || id, directory, organization },
    {
      parent: above,
      icon: new vscode.ThemeIcon('organization'),
      tooltip: () =>
        tooltipMarkdown({
          title: name || id,
          lines: [
            [vscode.l10n.t('Created'), dateText(group.created_at)],
            [vscode.l10n.t('ID'), id],
          ],
        }),
      children: (self) => members(context, self, { directory, organization, group: id }),
    },
  );
}

function usersNode(context: TreeContext, directory: Directory, parent: Node): Node {
  const { id, users, organization } = directory;
  const options = {
    parent,
    key: 'users',
    label: vscode.l10n.t('Users'),
    description: users?.toString(),
    icon: new vscode.ThemeIcon('person'),
  };
  return groupRow(options, (self) =>
    members(context, self, { directory: id, organization: organization?.id }),
  );
}

interface Members {
  readonly directory: string;
  readonly organization: string | undefined;
  readonly group?: string;
}

function members(
  context: TreeContext,
  self: Node,
  { directory, organization, group }: Members,
): Promise<readonly Node[]> {
  const of = group === undefined ? { directory_id: directory } : { directory_id: directory, group };
  return context.tree.level<User>(self, () => ({
    fetch: (cursor) => context.ask('list_directory_users', { ...of, limit: PAGE, cursor }),
    nodes: (rows, above) => rows.map((user) => userRow(user, { above, directory, organization })),
    empty: () => vscode.l10n.t('No users'),
  }));
}

function userRow(user: User, { above, directory, organization }: Place): Node {
  const { id, name = '', email, state } = user;
  const active = state === 'active';
  return row(
    { kind: 'user', id, name: name || email || id, directory, organization },
    {
      parent: above,
      icon: active ? new vscode.ThemeIcon('person') : healthIcon('circle-slash', 'unknown'),
      description: joinParts([name ? email : undefined, active ? undefined : stateText(state)]),
      says: [email, stateText(state)],
      tooltip: () =>
        tooltipMarkdown({
          title: name || email || id,
          lines: [
            [vscode.l10n.t('State'), stateText(state)],
            [vscode.l10n.t('E-mail'), email],
            [vscode.l10n.t('Roles'), user.roles?.join(', ')],
            [vscode.l10n.t('Created'), dateText(user.created_at)],
            [vscode.l10n.t('ID'), id],
          ],
        }),
    },
  );
}
