import { AppError } from '../shared/errors.ts';
import { sleep } from '../shared/wait.ts';
import type { AuditLogRow, WorkosPort } from '../workos/port.ts';
import type { AuditLogConfiguration, AuditLogExport } from '../workos/schemas.ts';
import { describeAuditLogRow } from './event-row.ts';
import type { ToolContext } from './tool.ts';
import { deadlineOf } from './walk.ts';

/** A row, its time and its number in the export: together they order rows. */
export interface PlacedRow {
  readonly time: number;
  readonly row: number;
  readonly shown: ReturnType<typeof describeAuditLogRow>;
}

export interface AuditLogRequest {
  readonly organization_id: string;
  readonly from: Date;
  readonly to: Date;
  /** What the caller asked for, before defaults: equal asking reuses the export. */
  readonly key: string;
  readonly actions: readonly string[] | undefined;
  /** The export a cursor goes on with, instead of opening one. */
  readonly going_on: UsedExport | undefined;
  /** Only rows older than this. */
  readonly before: { readonly time: number; readonly row: number } | undefined;
  readonly limit: number;
  readonly keep: (row: PlacedRow['shown']) => boolean;
}

/** An export, and the range it covers. */
export interface UsedExport {
  readonly id: string;
  readonly range_start: string;
  readonly range_end: string;
}

export type AuditLogResult =
  | {
      readonly status: 'ready';
      readonly opened: UsedExport;
      readonly rows: PlacedRow[];
      readonly more: boolean;
    }
  | { readonly status: 'pending'; readonly opened: UsedExport }
  | { readonly status: 'empty' };

/** Waits between looks at an export, then the last one again. */
const POLL_MS = [300, 600, 1_000, 1_500];

/** The newest audit-log rows before a place: opens or reuses an export, waits for it and streams it. */
export async function readAuditLog(
  port: WorkosPort,
  context: ToolContext,
  request: AuditLogRequest,
): Promise<AuditLogResult> {
  const { organization_id, from, to, key, actions, going_on } = request;
  const opened =
    going_on ??
    (await port.auditLogExports.open(key, {
      organization_id,
      range_start: from.toISOString(),
      range_end: to.toISOString(),
      actions,
    }));
  if (opened === undefined) return { status: 'empty' };
  const ready = await whenReady(port, context, opened.id);
  if (ready === undefined) return { status: 'pending', opened };
  context.progress({ message: 'Reading the audit-log export' });
  const rows = await newestRows(port.auditLogExports.rows(ready), request, context);
  const more = rows.length > request.limit;
  return { status: 'ready', opened, rows: rows.slice(0, request.limit), more };
}

/** The export once it is ready; `undefined` when it takes longer than a call waits. */
async function whenReady(
  port: WorkosPort,
  context: ToolContext,
  id: string,
): Promise<AuditLogExport | undefined> {
  const deadline = deadlineOf(context);
  for (let round = 0; ; round += 1) {
    const found = await port.auditLogExports.get(id);
    if (found.state === 'ready' && found.url !== undefined) return found;
    if (found.state !== 'pending' && found.state !== 'ready') {
      throw new AppError({
        code: 'UPSTREAM_ERROR',
        message: `The audit-log export is in state ${/^[a-z_]{1,30}$/u.test(found.state) ? found.state : 'unknown'}.`,
        hint: 'Call again without export_id and cursor; a different range makes a new export.',
      });
    }
    const wait = POLL_MS[round] ?? POLL_MS.at(-1) ?? 0;
    if (performance.now() + wait > deadline) return undefined;
    context.progress({ message: 'Waiting for the audit-log export' });
    await sleep(wait, context.signal);
  }
}

const PROGRESS_ROWS = 10_000;

/** Keeps only the newest rows while the file streams by, whatever its size. */
async function newestRows(
  rows: AsyncIterable<AuditLogRow>,
  { before, limit, keep }: AuditLogRequest,
  context: ToolContext,
): Promise<PlacedRow[]> {
  const most = limit + 1;
  let newest: PlacedRow[] = [];
  let row = -1;
  for await (const raw of rows) {
    row += 1;
    if (row % PROGRESS_ROWS === PROGRESS_ROWS - 1)
      context.progress({ message: `Read ${row + 1} audit-log rows` });
    context.signal.throwIfAborted();
    const time = Date.parse(raw['occurred_at'] ?? '') || 0;
    if (before && !(time < before.time || (time === before.time && row < before.row))) continue;
    const shown = describeAuditLogRow(raw);
    if (!keep(shown)) continue;
    newest.push({ time, row, shown });
    if (newest.length >= most * 4) newest = newest.sort(newestFirst).slice(0, most);
  }
  return newest.sort(newestFirst).slice(0, most);
}

function newestFirst(a: PlacedRow, b: PlacedRow): number {
  return b.time - a.time || b.row - a.row;
}

/** Why there are no audit-log rows, told from the organization's configuration. */
export function explainNoRows(configuration: AuditLogConfiguration | undefined): string {
  const general = 'Audit-log events are written by the customer-facing application, not by WorkOS.';
  if (configuration === undefined)
    return `No audit-log events found: the organization has no audit-log configuration. ${general}`;
  const { state, retention_period_in_days: days } = configuration;
  if (state !== 'active')
    return `No audit-log events found: audit logging is ${state ?? 'not active'} for this organization. ${general}`;
  const kept = days === undefined ? '' : ` and keeps events ${days} days`;
  return `No audit-log events found: audit logging is active${kept}, but nothing matches these filters in this range. ${general}`;
}
