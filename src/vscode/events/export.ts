import { type CsvRow, joinCell, toCsv } from '../../shared/csv.ts';
import { filterEvents } from './filter.ts';
import type { EventRow } from './read-events.ts';
import type { ShownEvents } from './render-events.ts';

const COLUMNS = [
  'time',
  'source',
  'event',
  'actor_type',
  'actor_id',
  'actor_name',
  'target_types',
  'target_ids',
  'target_names',
  'state',
  'error',
  'ip',
  'client',
  'id',
  'metadata',
];

/** The shown events as CSV: those the filter leaves, with every field whole. */
export function eventsCsv({ report, filter }: ShownEvents): string {
  return toCsv(COLUMNS, filterEvents(report.rows, filter).map(csvRow));
}

/** The shown events as JSON, with what was asked and how complete the answer is. */
export function eventsJson({ question, name, report, filter }: ShownEvents): string {
  const events = filterEvents(report.rows, filter);
  const { organization, source } = question;
  const head = {
    environment: report.environment,
    organization: { id: organization, name },
    source,
    from: report.from,
    to: report.to,
    read_at: report.read.toISOString(),
    complete: report.ending === 'end',
    audit_log: report.audit_log,
    ...(filter.trim() !== '' && { filter }),
  };
  return `${JSON.stringify({ ...head, events }, null, 2)}\n`;
}

function csvRow({
  time,
  source,
  type,
  actor,
  targets = [],
  state,
  error,
  ip,
  client,
  id,
  metadata,
}: EventRow): CsvRow {
  const joined = (of: (target: (typeof targets)[number]) => string | undefined) =>
    joinCell(targets.map((target) => of(target) ?? ''));
  return {
    time,
    source,
    event: type,
    actor_type: actor?.type,
    actor_id: actor?.id,
    actor_name: actor?.name,
    target_types: joined((target) => target.type),
    target_ids: joined((target) => target.id),
    target_names: joined((target) => target.name),
    state,
    error,
    ip,
    client,
    id,
    metadata: metadata && JSON.stringify(metadata),
  };
}
