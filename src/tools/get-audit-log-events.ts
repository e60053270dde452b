import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { EVENT_DAYS } from '../workos/events.ts';
import type { OpenedExport } from '../workos/port.ts';
import { goesOn, type MergeState, mergeSources, mergeState } from './audit-log-merge.ts';
import { type AuditQuery, exportKey, readEvents, readExport } from './audit-log-read.ts';
import { bindCursor, decodeCursor } from './cursor.ts';
import { eventOutput } from './event-row.ts';
import { id, organizationRef } from './fields.ts';
import { listDraft, listInput, pageOf } from './list.ts';
import { ownerOf } from './owners.ts';
import { defineTool, READ_ONLY, type ToolContext } from './tool.ts';

const NAME = 'get_audit_log_events';
const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

/** A date or a time with its zone; checked here, since the full pattern would cost agents 150 tokens. */
const time = () =>
  z
    .string()
    .max(40)
    .refine(
      (text) => ISO_TIME.test(text) && !Number.isNaN(Date.parse(text)),
      'not an ISO 8601 date or time with zone',
    );
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/u;
const coverageOutput = { from: z.string().optional(), to: z.string().optional(), complete: z.boolean() };

/** Security events of one organization. Sources: GET /events, and audit-log exports (POST /audit_logs/exports). */
export const getAuditLogEvents = defineTool({
  name: NAME,
  title: 'Get audit log events',
  description:
    'Audit log and security events of one WorkOS organization: who did what, newest first, from two sources: events (WorkOS sign-ins, directory sync, SSO and domain changes) and audit_log (what the customer-facing app recorded; by export, takes seconds). Example: {"organization":"Acme Corp","types":["authentication.*"],"from":"2026-11-01"}',
  annotations: READ_ONLY,
  input: z.strictObject({
    organization: organizationRef(),
    source: z.enum(['events', 'audit_log', 'both']).default('both').describe('Which to read.'),
    from: time().optional().describe('ISO 8601, UTC. Default: 30 days ago; at most 90.'),
    to: time().optional().describe('Default: now.'),
    types: z
      .array(z.string().regex(/^[\w.:-]{1,100}(\*)?$/u))
      .min(1)
      .max(50)
      .optional()
      .describe('Event types or audit-log actions; dsync.* takes all of a kind.'),
    actor: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .optional()
      .describe('Id, email or name contains this; audit_log rows may hold no email.'),
    target: z.string().trim().min(1).max(300).optional().describe('Id or name contains this.'),
    limit: listInput.limit.default(25),
    cursor: listInput.cursor,
    export_id: id().optional().describe('audit_log.export_id of a result whose export was pending.'),
  }),
  output: pageOf(
    { source: z.enum(['events', 'audit_log']), ...eventOutput },
    {
      events: z.object({ ...coverageOutput, unknown_types: z.array(z.string()).optional() }).optional(),
      audit_log: z
        .object({
          status: z.enum(['ready', 'pending', 'empty', 'unavailable']),
          export_id: z.string().optional(),
          ...coverageOutput,
          note: z.string().optional(),
        })
        .optional(),
    },
  ),
  run: async (port, { limit, cursor, export_id, ...filters }, context) => {
    const { id: organization_id } = await ownerOf(port, context, filters.organization);
    const binding = bindCursor(context.environment.id, NAME, filters);
    if (export_id !== undefined) {
      checkExport(port.auditLogExports.find(export_id), exportKey(context, { ...filters, organization_id }));
    }
    const start = decodeCursor(cursor, binding, mergeState) ?? firstState(filters, context);
    const query: AuditQuery = { ...filters, organization_id, limit, start };
    const [events, audit] = await Promise.all([
      start[2] === false ? undefined : readEvents(port, context, query),
      goesOn(start[3]) ? readExport(port, context, query) : undefined,
    ]);
    const lost = start[3] === 'unavailable' || audit?.coverage.status === 'unavailable';
    const merged = mergeSources({ start, events, audit: lost ? 'unavailable' : audit?.batch, limit });
    return listDraft(context, {
      binding,
      items: merged.items,
      positions: merged.positions,
      next: merged.next,
      head: {
        ...(lost && { complete: false }),
        events: events && { ...events.coverage, complete: !merged.next || merged.next[2] === false },
        audit_log: lost
          ? { status: 'unavailable' as const, ...audit?.coverage, complete: false }
          : audit && { ...audit.coverage, complete: !merged.next || merged.next[3] === false },
      },
    });
  },
});

/** An export answers one question; for another one its rows would be shown as something they are not. */
function checkExport(opened: OpenedExport | undefined, key: string): void {
  if (opened?.key === key) return;
  throw new AppError({
    code: 'INVALID_INPUT',
    message: `export_id: ${opened === undefined ? 'not an export made here in the last 10 minutes' : 'made for other arguments'}.`,
    hint: 'Repeat the arguments it came with, or call again without export_id.',
  });
}

interface Range {
  readonly source: 'events' | 'audit_log' | 'both';
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The range asked for, cut to what is kept, and both sources from their start. Throws INVALID_INPUT. */
function firstState({ source, from, to }: Range, context: ToolContext): MergeState {
  const now = context.now().getTime();
  const end = Math.min(to === undefined ? now : Date.parse(to), now);
  const start = from === undefined ? Math.min(now, end) - DEFAULT_DAYS * DAY_MS : Date.parse(from);
  const oldest = now - EVENT_DAYS * DAY_MS;
  if (start >= end || start < oldest - DAY_MS) {
    throw new AppError({
      code: 'INVALID_INPUT',
      message:
        start >= end
          ? 'from: must be before to and before now.'
          : `from: only the last ${EVENT_DAYS} days can be read.`,
      hint: `Give a range within the last ${EVENT_DAYS} days.`,
    });
  }
  return [
    Math.max(start, oldest),
    end,
    source === 'audit_log' ? false : null,
    source === 'events' ? false : null,
  ];
}
