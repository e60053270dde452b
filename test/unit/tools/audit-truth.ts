import type { Output } from '../../../src/tools/registry.ts';
import type { Bench } from './support.ts';

type Row = Output<'get_audit_log_events'>['items'][number];

/** What tells rows apart: events by id, audit-log rows by time, action and actor. */
export function keyOf({ source, id, time, type, actor }: Row): string {
  return source === 'events' ? `${id}` : `${time} ${type} ${actor?.id}`;
}

interface Place {
  readonly key: string;
  readonly time: number;
  /** Later ones of the same moment come first. */
  readonly order: string | number;
  readonly rank: number;
}

/** Everything an organization has in a range of one or both sources, newest first, as keys. */
export function truthOf(
  { account }: Bench,
  organization: string,
  { from, to, sources = ['events', 'audit_log'] }: { from: string; to: string; sources?: Row['source'][] },
): string[] {
  const events = account
    .eventsOf(organization)
    .map(({ id, created_at }): Place => ({ key: id, time: Date.parse(created_at), order: id, rank: 0 }));
  const rows = account.auditRowsOf(organization).map(
    ({ action, occurred_at, actor }, order): Place => ({
      key: `${occurred_at} ${action} ${actor.id}`,
      time: Date.parse(occurred_at),
      order,
      rank: 1,
    }),
  );
  return [...(sources.includes('events') ? events : []), ...(sources.includes('audit_log') ? rows : [])]
    .filter(({ time }) => time >= Date.parse(from) && time <= Date.parse(to))
    .sort((a, b) => b.time - a.time || a.rank - b.rank || (a.order < b.order ? 1 : -1))
    .map(({ key }) => key);
}
