import * as vscode from 'vscode';
import { joinParts } from '../text/join-parts.ts';
import type { SecurityEvent, TreeContext } from './tree-context.ts';
import { eventHealth } from './health.ts';
import { eventIcon } from './icons.ts';
import { groupRow, type Node, row } from './nodes.ts';
import type { Pages } from './paging.ts';
import { timeText } from './texts.ts';
import { tooltipMarkdown } from './tooltips.ts';

const EVENTS = 25;

/** What happened lately in an organization: the last day is read first, a week with each further page. */
export function eventsNode({ tree, ask }: TreeContext, organization: string, parent: Node): Node {
  const options = {
    parent,
    key: 'events',
    label: vscode.l10n.t('Recent Security Events'),
    icon: new vscode.ThemeIcon('shield'),
  };
  return groupRow(options, (self) =>
    tree.level<SecurityEvent>(self, () => ({
      fetch: (cursor) =>
        ask('get_audit_log_events', { organization, source: 'events', limit: EVENTS, cursor }),
      nodes: (rows, above) => rows.map((event, index) => eventRow(event, index, { organization, above })),
      empty: nothing,
    })),
  );
}

function nothing({ hasMore, count }: Pages<SecurityEvent>): string {
  if (!hasMore) return vscode.l10n.t('Nothing in the last 30 days');
  return count === 1 ? vscode.l10n.t('Nothing in the last day') : vscode.l10n.t('Nothing so far');
}

function eventRow(
  event: SecurityEvent,
  index: number,
  { organization, above }: { organization: string; above: Node | undefined },
): Node {
  const { type = '', time, actor, ip, client, error, targets = [] } = event;
  const who = actor?.name ?? targets.find(({ name }) => name !== undefined)?.name;
  const when = timeText(time);
  return row(
    { kind: 'event', id: event.id ?? `${type}:${time ?? ''}:${index}`, name: type, organization },
    {
      parent: above,
      icon: eventIcon(eventHealth(event)),
      description: joinParts([who, when]),
      says: [who, when, error],
      tooltip: () =>
        tooltipMarkdown({
          title: type,
          lines: [
            [vscode.l10n.t('When'), time],
            [vscode.l10n.t('Who'), joinParts([actor?.name, actor?.id])],
            [vscode.l10n.t('What'), targets.map(({ name, id }) => name ?? id ?? '').join(', ')],
            [vscode.l10n.t('From'), joinParts([ip, client])],
            [vscode.l10n.t('Error'), error],
            [vscode.l10n.t('ID'), event.id],
          ],
        }),
    },
  );
}
