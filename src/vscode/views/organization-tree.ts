import * as vscode from 'vscode';
import { joinParts } from '../text/join-parts.ts';
import {
  type Connection,
  type Directory,
  type Organization,
  PAGE,
  type TreeContext,
} from './tree-context.ts';
import { connectionRow } from './connection-rows.ts';
import { directoryRow } from './directory-rows.ts';
import { eventsNode } from './event-rows.ts';
import { connectionHealth, directoryHealth, domainHealth, failedDomains, worstFirst } from './health.ts';
import { healthIcon } from './icons.ts';
import { groupRow, innerGroupRow, messageRow, type Node, row } from './nodes.ts';
import { dateText, findingSentence, stateText } from './texts.ts';
import type { Root } from './tree-rows.ts';
import { firstFew, tooltipMarkdown } from './tooltips.ts';

/** Organizations, newest first. */
export function organizationRoot(context: TreeContext, search: string | undefined): Root {
  const level = context.tree.makeLevel<Organization>({
    fetch: (cursor) => context.ask('list_workos_organizations', { search, limit: PAGE, cursor }),
    nodes: (rows) => rows.map((organization) => organizationRow(context, organization)),
    empty: () => vscode.l10n.t('None so far'),
    read: context.names.learner(),
  });
  return { level, badge: () => badge(level.pages.rows) };
}

function badge(rows: readonly Organization[]): vscode.ViewBadge | undefined {
  const value = rows.flatMap(failedDomains).length;
  const tooltip = vscode.l10n.t(
    'Domains that failed verification: {0}. Organizations read so far: {1}.',
    value,
    rows.length,
  );
  return value === 0 ? undefined : { value, tooltip };
}

function organizationRow(context: TreeContext, organization: Organization): Node {
  const { id, name = '', domains = [] } = organization;
  const failed = failedDomains(organization).length > 0;
  const trouble = failed ? vscode.l10n.t('verification failed') : undefined;
  const names = firstFew(
    domains.map(({ domain }) => domain),
    2,
  );
  return row(
    { kind: 'organization', id, name: name || id, organization: id },
    {
      parent: undefined,
      icon: failed ? healthIcon('home', 'warning') : new vscode.ThemeIcon('home'),
      description: joinParts([trouble, names]),
      says: [names, trouble],
      tooltip: () => organizationTooltip(organization),
      children: async (self) => [
        domainsNode(organization, self),
        connectionsNode(context, id, self),
        directoriesNode(context, id, self),
        eventsNode(context, id, self),
      ],
    },
  );
}

function organizationTooltip(organization: Organization): string {
  const { id, name = '', domains = [], external_id, created_at } = organization;
  const states = domains.map(({ domain, state }) => `${domain} (${stateText(state)})`);
  return tooltipMarkdown({
    title: name || id,
    findings: failedDomains(organization).map((domain) => `${domain}: ${findingSentence('domain_failed')}`),
    lines: [
      [vscode.l10n.t('Domains'), firstFew(states, 5)],
      [vscode.l10n.t('External ID'), external_id],
      [vscode.l10n.t('Created'), dateText(created_at)],
      [vscode.l10n.t('ID'), id],
    ],
  });
}

function domainsNode({ id, domains = [] }: Organization, parent: Node): Node {
  const options = {
    parent,
    key: 'domains',
    label: vscode.l10n.t('Domains'),
    description: `${domains.length}`,
    icon: new vscode.ThemeIcon('globe'),
  };
  return innerGroupRow(options, (self) =>
    domains.length === 0
      ? [messageRow(self, vscode.l10n.t('No domains'))]
      : domains.map((domain) => domainRow(domain, id, self)),
  );
}

function domainRow(
  { domain, state }: { readonly domain: string; readonly state?: string | undefined },
  organization: string,
  parent: Node,
): Node {
  return row(
    { kind: 'domain', id: domain, name: domain, organization },
    {
      parent,
      icon: healthIcon('globe', domainHealth(state)),
      description: stateText(state),
      ...(state === 'pending' && { context: state }),
      says: [stateText(state)],
      tooltip: () =>
        tooltipMarkdown({
          title: domain,
          findings: state === 'failed' || state === 'pending' ? [findingSentence(`domain_${state}`)] : [],
          lines: [[vscode.l10n.t('State'), stateText(state)]],
        }),
    },
  );
}

function connectionsNode(context: TreeContext, organization: string, parent: Node): Node {
  const icon = new vscode.ThemeIcon('key');
  return groupRow({ parent, key: 'connections', label: vscode.l10n.t('SSO Connections'), icon }, (self) =>
    context.tree.level<Connection>(self, () => ({
      fetch: (cursor) => context.ask('list_sso_connections', { organization, limit: PAGE, cursor }),
      nodes: (rows, above) =>
        worstFirst(rows, connectionHealth).map((connection) =>
          connectionRow(context, connection, { parent: above, above: 'organization' }),
        ),
      empty: () => vscode.l10n.t('No SSO connections'),
    })),
  );
}

function directoriesNode(context: TreeContext, organization: string, parent: Node): Node {
  const icon = new vscode.ThemeIcon('folder-library');
  return groupRow({ parent, key: 'directories', label: vscode.l10n.t('Directories'), icon }, (self) =>
    context.tree.level<Directory>(self, () => ({
      fetch: (cursor) => context.ask('list_directories', { organization, limit: PAGE, cursor }),
      nodes: (rows, above) =>
        worstFirst(rows, directoryHealth).map((directory) =>
          directoryRow(context, directory, { parent: above, withOwner: false }),
        ),
      empty: () => vscode.l10n.t('No directories'),
    })),
  );
}
