import type { AuditParty, AuditRow } from './account/types.ts';

const ROWS_PER_PART = 200;

/** Writes audit rows as the CSV of an audit log export, part by part. */
export function* auditCsv(rows: readonly AuditRow[]): Generator<string, void> {
  const targets = rows.reduce((most, row) => Math.max(most, row.targets.length), 1);
  yield line(header(targets));
  for (let start = 0; start < rows.length; start += ROWS_PER_PART) {
    yield rows
      .slice(start, start + ROWS_PER_PART)
      .map((row) => line(fields(row, targets)))
      .join('');
  }
}

function header(targets: number): string[] {
  const perTarget = Array.from({ length: targets }, (_, place) => [
    `target_id_${place}`,
    `target_type_${place}`,
    `target_name_${place}`,
    `target_metadata_${place}`,
  ]).flat();
  return [
    'action',
    'occurred_at',
    'actor_id',
    'actor_type',
    'actor_name',
    'actor_metadata',
    ...perTarget,
    'context_location',
    'context_user_agent',
    'metadata',
  ];
}

function fields(row: AuditRow, targets: number): string[] {
  const perTarget = Array.from({ length: targets }, (_, place) => party(row.targets[place])).flat();
  return [
    row.action,
    row.occurred_at,
    ...party(row.actor),
    ...perTarget,
    row.context.location,
    row.context.user_agent,
    JSON.stringify(row.metadata),
  ];
}

function party(who: AuditParty | undefined): string[] {
  return who === undefined ? ['', '', '', ''] : [who.id, who.type, who.name, JSON.stringify(who.metadata)];
}

function line(values: readonly string[]): string {
  return `${values.map(quoted).join(',')}\r\n`;
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
