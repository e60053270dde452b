import { z } from 'zod';
import type { EventPosition } from '../workos/events.ts';
import type { PlacedRow, UsedExport } from './audit-log-source.ts';
import type { describeAuditLogRow, describeEvent } from './event-row.ts';

/**
 * Where each source goes on: null from its start, false when it is exhausted. Events by time and id; the audit log by
 * export, its range, time and row, or unavailable: it refused, and later pages neither ask again nor forget it.
 */
const eventsState = z.union([z.tuple([z.number(), z.string()]), z.null(), z.literal(false)]);
const auditState = z.union([
  z.tuple([z.string(), z.string(), z.string(), z.union([z.tuple([z.number(), z.number()]), z.null()])]),
  z.null(),
  z.literal(false),
  z.literal('unavailable'),
]);

/** A cursor's content: the range in milliseconds, then where each source goes on. */
export const mergeState = z.tuple([z.number(), z.number(), eventsState, auditState]);
export type MergeState = z.output<typeof mergeState>;

interface EventBatch {
  readonly events: readonly {
    readonly position: EventPosition;
    readonly shown: ReturnType<typeof describeEvent>;
  }[];
  readonly next: EventPosition | undefined;
}

export interface AuditBatch {
  readonly opened: UsedExport;
  readonly rows: readonly PlacedRow[];
  readonly more: boolean;
}

type Shown =
  | ({ readonly source: 'events' } & ReturnType<typeof describeEvent>)
  | ({ readonly source: 'audit_log' } & ReturnType<typeof describeAuditLogRow>);

interface Merged {
  readonly items: readonly Shown[];
  /** The state after each item. */
  readonly positions: readonly MergeState[];
  /** The state after all of them; absent when both sources are exhausted. */
  readonly next: MergeState | undefined;
}

interface Sources {
  readonly start: MergeState;
  /** Absent when there is nothing (more) to read. */
  readonly events: EventBatch | undefined;
  readonly audit: AuditBatch | 'unavailable' | undefined;
  readonly limit: number;
}

/** Merges what the sources gave, newest first, and works out where each goes on after any of the rows. */
export function mergeSources({ start, events, audit: given, limit }: Sources): Merged {
  const [from, to] = start;
  const audit = given === 'unavailable' ? undefined : given;
  const left = events?.events ?? [];
  const right = audit?.rows ?? [];
  const items: Shown[] = [];
  const positions: MergeState[] = [];
  let [, , eventsAt, auditAt] = start;
  if (audit === undefined) auditAt = given === 'unavailable' ? given : false;
  else if (!Array.isArray(auditAt)) auditAt = placed(audit.opened, null);
  let l = 0;
  let r = 0;
  const settle = (): MergeState => [
    from,
    to,
    events && l === left.length && !events.next ? false : eventsAt,
    audit && r === right.length && !audit.more ? false : auditAt,
  ];
  while (items.length < limit && (l < left.length || r < right.length)) {
    const event = left[l];
    const row = right[r];
    // Time ran out before all events were read: an older row would come before events still to be read.
    if (!event && events?.next && row && row.time < events.next.time) break;
    if (event && (!row || event.position.time >= row.time)) {
      items.push({ source: 'events', ...event.shown });
      eventsAt = [event.position.time, event.position.id];
      l += 1;
    } else if (row && audit) {
      items.push({ source: 'audit_log', ...row.shown });
      auditAt = placed(audit.opened, [row.time, row.row]);
      r += 1;
    }
    positions.push(settle());
  }
  if (events?.next && l === left.length) eventsAt = [events.next.time, events.next.id];
  const end = settle();
  return { items, positions, next: end[2] === false && !goesOn(end[3]) ? undefined : end };
}

function placed({ id, range_start, range_end }: UsedExport, at: [number, number] | null): MergeState[3] {
  return [id, range_start, range_end, at];
}

/** True when there is more of the audit log to read. */
export function goesOn(state: MergeState[3]): boolean {
  return state !== false && state !== 'unavailable';
}
