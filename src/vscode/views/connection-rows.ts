import * as vscode from 'vscode';
import { joinParts } from '../text/join-parts.ts';
import type { Connection, TreeContext } from './tree-context.ts';
import { connectionHealth, furtherFindings } from './health.ts';
import { healthIcon } from './icons.ts';
import { type Node, row } from './nodes.ts';
import { findingSentence, findingText, stateText } from './texts.ts';
import { firstFew, tooltipMarkdown } from './tooltips.ts';

/** A row for an SSO connection; what stands above it need not be said again. */
export function connectionRow(
  { names }: Pick<TreeContext, 'names'>,
  connection: Connection,
  { parent, above }: { parent: Node | undefined; above: 'organization' | 'state' },
): Node {
  const { id, name = '', state, organization } = connection;
  const owner = names.get(organization?.id);
  const troubles = furtherFindings(connection).map(findingText);
  const parts =
    above === 'state'
      ? [owner ?? connection.domains?.[0] ?? organization?.id, ...troubles]
      : [stateText(state), ...troubles];
  return row(
    { kind: 'connection', id, name: name || id, organization: organization?.id },
    {
      parent,
      icon: healthIcon('key', connectionHealth(connection)),
      description: joinParts(parts),
      says: [stateText(state), ...troubles, above === 'state' ? owner : undefined],
      tooltip: () => connectionTooltip(connection, owner),
      opens: true,
    },
  );
}

function connectionTooltip(connection: Connection, owner: string | undefined): string {
  const { id, name = '', state, provider, protocol, organization, domains = [], findings = [] } = connection;
  return tooltipMarkdown({
    title: name || id,
    findings: findings.map(findingSentence),
    lines: [
      [vscode.l10n.t('State'), stateText(state)],
      [vscode.l10n.t('Provider'), joinParts([provider, protocol])],
      [vscode.l10n.t('Organization'), owner ?? organization?.id],
      [vscode.l10n.t('Domains'), firstFew(domains, 10)],
      [vscode.l10n.t('ID'), id],
    ],
  });
}
