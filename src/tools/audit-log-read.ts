import { AppError } from '../shared/errors.ts';
import { canonicalJson } from '../shared/json.ts';
import { EVENT_TYPES } from '../workos/event-types.ts';
import { latestEvents, positionOf } from '../workos/events.ts';
import type { WorkosPort } from '../workos/port.ts';
import type { AuditBatch, MergeState } from './audit-log-merge.ts';
import { type AuditLogResult, explainNoRows, readAuditLog, type UsedExport } from './audit-log-source.ts';
import { describeEvent } from './event-row.ts';
import type { ToolContext } from './tool.ts';
import { deadlineOf } from './walk.ts';

const LEAN_WINDOW_MS = 7 * 86_400_000;

/** One question to both sources, resolved: what to read, and where to start. */
export interface AuditQuery {
  readonly source: 'events' | 'audit_log' | 'both';
  readonly organization_id: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  readonly target?: string | undefined;
  readonly limit: number;
  readonly start: MergeState;
}

/** The newest events that match, and what was covered. */
export async function readEvents(port: WorkosPort, context: ToolContext, query: AuditQuery) {
  const [from, to, at] = query.start;
  const asked = query.types?.flatMap(expandType) ?? EVENT_TYPES;
  const found = await latestEvents(
    port.events,
    {
      types: asked,
      organization_id: query.organization_id,
      from: new Date(from),
      to: new Date(to),
      keep: (event) => matches(describeEvent(event), query),
    },
    {
      limit: query.limit,
      before: Array.isArray(at) ? { time: at[0], id: at[1] } : undefined,
      deadline: deadlineOf(context),
      // A lean call reads one window; who asks for more gets a week with each.
      firstWindowMs: context.lean && Array.isArray(at) ? LEAN_WINDOW_MS : undefined,
      onPage: (count) => context.progress({ message: `Read ${count} events` }),
    },
  );
  const events = found.events.map((event) => ({ position: positionOf(event), shown: describeEvent(event) }));
  const unmatched = query.types?.filter((type) => expandType(type).length === 0) ?? [];
  const unknown_types = [...unmatched, ...found.unknownTypes];
  return { events, next: found.next, coverage: { ...isoRange(from, to), unknown_types } };
}

/** The newest audit-log rows that match, and what was covered; a refusal does not hide the other source. */
export async function readExport(port: WorkosPort, context: ToolContext, query: AuditQuery) {
  return readRows(port, context, query).catch(unavailable(query.source));
}

async function readRows(port: WorkosPort, context: ToolContext, query: AuditQuery) {
  const [from, to, , at] = query.start;
  const { organization_id, types } = query;
  const exact = types?.every((type) => !type.endsWith('*')) ? types : undefined;
  const result = await readAuditLog(port, context, {
    organization_id,
    from: new Date(from),
    to: new Date(to),
    key: exportKey(context, query),
    actions: exact,
    going_on: Array.isArray(at) ? { id: at[0], range_start: at[1], range_end: at[2] } : undefined,
    before: Array.isArray(at) && at[3] ? { time: at[3][0], row: at[3][1] } : undefined,
    limit: query.limit,
    keep: (row) => matches(row, query),
  });
  const none = result.status === 'empty' || (result.status === 'ready' && result.rows.length === 0 && !at);
  const note = none
    ? explainNoRows(await port.organizations.auditLogConfiguration(organization_id))
    : pendingNote(result);
  const export_id = result.status === 'empty' ? undefined : result.opened.id;
  const range = isoRange(from, to, result.status === 'empty' ? undefined : result.opened);
  return { batch: toBatch(result), coverage: { status: result.status, export_id, ...range, note } };
}

/** With both sources asked for, one that refuses does not hide the other. */
function unavailable(source: AuditQuery['source']) {
  return (thrown: unknown) => {
    const own =
      thrown instanceof AppError && ['FORBIDDEN', 'UPSTREAM_ERROR', 'BAD_RESPONSE'].includes(thrown.code);
    if (source !== 'both' || !own) throw thrown;
    const note = `The audit log could not be read: ${thrown.message} ${thrown.hint ?? ''}`.trim();
    return { batch: undefined, coverage: { status: 'unavailable' as const, note } };
  };
}

function toBatch(result: AuditLogResult): AuditBatch | undefined {
  if (result.status === 'empty') return undefined;
  const ready = result.status === 'ready';
  return { opened: result.opened, rows: ready ? result.rows : [], more: !ready || result.more };
}

function pendingNote({ status }: AuditLogResult): string | undefined {
  if (status !== 'pending') return undefined;
  return 'WorkOS is still preparing the export: call again with this export_id (or next_cursor) in a minute.';
}

function isoRange(from: number, to: number, opened?: UsedExport) {
  return {
    from: opened?.range_start ?? new Date(from).toISOString(),
    to: opened?.range_end ?? new Date(to).toISOString(),
  };
}

/** The question an export answers; asked again within 10 minutes it finds the same export. */
export function exportKey(
  context: ToolContext,
  query: Omit<AuditQuery, 'limit' | 'start' | 'source'>,
): string {
  const { organization_id, from, to, types, actor, target } = query;
  return canonicalJson([context.environment.id, organization_id, { from, to, types, actor, target }]);
}

/** `dsync.*` as the types it stands for; other names as they are. */
function expandType(type: string): readonly string[] {
  return type.endsWith('*') ? EVENT_TYPES.filter((known) => known.startsWith(type.slice(0, -1))) : [type];
}

type Row = Pick<ReturnType<typeof describeEvent>, 'type' | 'actor' | 'targets'>;

/** The filters applied here: type, actor and target. */
function matches(
  { type, actor, targets }: Row,
  wanted: Pick<AuditQuery, 'types' | 'actor' | 'target'>,
): boolean {
  const typed = wanted.types?.some((known) =>
    known.endsWith('*') ? type.startsWith(known.slice(0, -1)) : type === known,
  );
  return (
    (typed ?? true) &&
    (wanted.actor === undefined || partyMatches(actor, wanted.actor)) &&
    (wanted.target === undefined || targets.some((target) => partyMatches(target, wanted.target ?? '')))
  );
}

function partyMatches(
  party: { id?: string | undefined; name?: string | undefined } | undefined,
  text: string,
): boolean {
  const wanted = text.toLowerCase();
  return [party?.id, party?.name].some((value) => value?.toLowerCase().includes(wanted));
}
