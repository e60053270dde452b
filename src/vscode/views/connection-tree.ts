import * as vscode from 'vscode';
import { type Connection, PAGE, type TreeContext } from './tree-context.ts';
import { type ConnectionGroup, fallbackName, type GroupedBy, groupConnections } from './connection-groups.ts';
import { connectionRow } from './connection-rows.ts';
import { connectionHealth, findingCount } from './health.ts';
import { healthIcon } from './icons.ts';
import { innerGroupRow, type Node } from './nodes.ts';
import { attentionText, stateText } from './texts.ts';
import type { Root } from './tree-rows.ts';

/** SSO connections in groups, those that need attention first. */
export function connectionRoot(context: TreeContext, search: string | undefined, by: () => GroupedBy): Root {
  const level = context.tree.makeLevel<Connection>({
    fetch: (cursor) => context.ask('list_sso_connections', { search, limit: PAGE, cursor }),
    nodes: (rows) =>
      groupConnections(rows, by()).map((group) => groupNode(context, group, by(), search !== undefined)),
    empty: () => vscode.l10n.t('None so far'),
  });
  return { level, badge: () => badge(level.pages.rows) };
}

function groupNode(
  context: TreeContext,
  { key, rows, attention }: ConnectionGroup<Connection>,
  by: GroupedBy,
  searched: boolean,
): Node {
  const [worst] = rows;
  const options = {
    parent: undefined,
    key: `by-${by}:${key}`,
    label: by === 'state' ? upperFirst(stateText(key)) : organizationLabel(context, key, rows),
    description: attentionText(rows.length, attention),
    icon: groupIcon(by, worst),
    expanded: attention > 0 || searched,
  };
  return innerGroupRow(options, (parent) =>
    rows.map((connection) => connectionRow(context, connection, { parent, above: by })),
  );
}

function groupIcon(by: GroupedBy, worst: Connection | undefined): vscode.ThemeIcon {
  if (by === 'organization') return new vscode.ThemeIcon('home');
  return healthIcon('pass', worst ? connectionHealth({ state: worst.state }) : 'unknown');
}

function organizationLabel({ names }: TreeContext, id: string, rows: readonly Connection[]): string {
  if (id === '') return vscode.l10n.t('No organization');
  return names.get(id) ?? fallbackName(id, rows);
}

function upperFirst(text: string): string {
  return text.replace(/^\p{L}/u, (letter) => letter.toLocaleUpperCase());
}

function badge(rows: readonly Connection[]): vscode.ViewBadge | undefined {
  const value = findingCount(rows);
  const tooltip = vscode.l10n.t('Findings: {0}. SSO connections read so far: {1}.', value, rows.length);
  return value === 0 ? undefined : { value, tooltip };
}
