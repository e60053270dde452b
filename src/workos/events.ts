import { AppError } from '../shared/errors.ts';
import { refusalOf } from './errors.ts';
import type { EventQuery, Page, WorkosPort } from './port.ts';
import type { WorkosEvent } from './schemas.ts';

const DAY_MS = 86_400_000;
const API_PAGE = 100;
/** The API takes at most 30 days per request; a minute less leaves room for the overlap below. */
const MAX_WINDOW_MS = 30 * DAY_MS - 60_000;
const FIRST_WINDOW_MS = DAY_MS;
const MIN_WINDOW_MS = 3_600_000;
/** A window with more pages than this is read again from nearer its end. */
const PAGES_PER_WINDOW = 20;
/** Whether the API counts the ends of a range in is not documented: ask for a little more, then filter. */
const OVERLAP_MS = 1;
/** Events are kept this long; a minute less allows for clocks that differ. */
export const EVENT_DAYS = 90;

/** Which events to read: types, at most one organization, and a range of time. */
export interface EventSearch {
  readonly types: readonly string[];
  readonly organization_id?: string | undefined;
  readonly from: Date;
  readonly to: Date;
  /** A filter the API lacks. */
  readonly keep?: (event: WorkosEvent) => boolean;
}

/** A place between events, newest first: everything older than this time and id is still to come. */
export interface EventPosition {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly id: string;
}

export interface EventReading {
  /** Stop after this many. */
  readonly limit: number;
  readonly before?: EventPosition | undefined;
  /** Stop at this point of `performance.now()` with what there is. */
  readonly deadline: number;
  readonly onPage: (read: number) => void;
  /** How far back the first window reaches. Default: a day; where everything is wanted, the most saves requests. */
  readonly firstWindowMs?: number | undefined;
  /** Asked after each window: true to stop there. */
  readonly enough?: () => boolean;
}

export interface LatestEvents {
  /** Newest first. */
  readonly events: readonly WorkosEvent[];
  /** Where to go on; absent when everything since `from` has been seen. */
  readonly next?: EventPosition;
  /** Everything since then has been looked at. */
  readonly seenFrom: Date;
  /** Types asked for that the API does not know. */
  readonly unknownTypes: readonly string[];
}

/**
 * The newest events first. The API only reads forward from a point in time, so this reads windows that reach
 * back from the end, each larger than the last, each forward to its end, until enough has been found.
 */
export async function latestEvents(
  api: WorkosPort['events'],
  search: EventSearch,
  reading: EventReading,
): Promise<LatestEvents> {
  const known = knownTypes(api, search.types);
  const from = Math.max(search.from.getTime(), Date.now() - EVENT_DAYS * DAY_MS + 60_000);
  const { before, limit } = reading;
  const found: WorkosEvent[] = [];
  let end = Math.min(search.to.getTime() + 1, before === undefined ? Infinity : before.time + 1);
  let size = Math.min(MAX_WINDOW_MS, reading.firstWindowMs ?? FIRST_WINDOW_MS);
  let read = 0;
  const result = (next?: EventPosition): LatestEvents => ({
    events: found.slice(0, limit),
    seenFrom: new Date(Math.min(end, search.to.getTime())),
    unknownTypes: known.rejected(),
    ...(next && { next }),
  });
  while (end > from) {
    const start = Math.max(from, end - size);
    const window = { start, end, most: size > MIN_WINDOW_MS ? PAGES_PER_WINDOW : Infinity };
    const events = await readWindow(known.list, search, window, (count) => reading.onPage((read += count)));
    if (events === undefined) {
      size = Math.max(MIN_WINDOW_MS, size / 8);
      continue;
    }
    found.push(...events.filter((event) => isBefore(event, before)).sort(newestFirst));
    end = start;
    size = Math.min(MAX_WINDOW_MS, size * 4);
    const last = found[limit - 1];
    if (found.length > limit && last) return result(positionOf(last));
    const stop = performance.now() > reading.deadline || reading.enough?.();
    if (stop && end > from) return result({ time: end, id: '' });
  }
  return result();
}

/** Where a reading goes on after this event. */
export function positionOf(event: WorkosEvent): EventPosition {
  return { time: Date.parse(event.created_at), id: event.id };
}

interface Window {
  readonly start: number;
  readonly end: number;
  readonly most: number;
}

type List = (query: Omit<EventQuery, 'events'>) => Promise<Page<WorkosEvent>>;

/** The events of [start, end), oldest first; `undefined` when there are more pages than wanted. */
async function readWindow(
  list: List,
  { organization_id, keep }: EventSearch,
  { start, end, most }: Window,
  onPage: (count: number) => void,
): Promise<WorkosEvent[] | undefined> {
  const events = new Map<string, WorkosEvent>();
  const range_end = new Date(end + OVERLAP_MS).toISOString();
  let after: string | undefined;
  for (let pages = 0; ; pages += 1) {
    if (pages >= most) return undefined;
    const position =
      after === undefined ? { range_start: new Date(start - OVERLAP_MS).toISOString() } : { after };
    const page = await list({ organization_id, range_end, limit: API_PAGE, ...position });
    onPage(page.items.length);
    for (const event of page.items) {
      const time = Date.parse(event.created_at);
      if (time >= start && time < end && (keep?.(event) ?? true)) events.set(event.id, event);
    }
    after = page.after;
    if (after === undefined) return [...events.values()];
  }
}

function isBefore(event: WorkosEvent, before: EventPosition | undefined): boolean {
  if (before === undefined) return true;
  const time = Date.parse(event.created_at);
  return time < before.time || (time === before.time && event.id < before.id);
}

function newestFirst(a: WorkosEvent, b: WorkosEvent): number {
  return Date.parse(b.created_at) - Date.parse(a.created_at) || (a.id < b.id ? 1 : -1);
}

/** Lists events of the types the API knows: names it rejects are dropped, and the request made once more. */
function knownTypes(
  api: WorkosPort['events'],
  asked: readonly string[],
): { list: List; rejected: () => string[] } {
  let types = asked;
  const list: List = async (query) => {
    if (types.length === 0) return { items: [] };
    return api.list({ ...query, events: types }).catch((thrown: unknown) => {
      const accepted = types.filter((type) => !isRejected(thrown, type));
      if (accepted.length === types.length) throw thrown;
      types = accepted;
      return types.length === 0 ? { items: [] } : api.list({ ...query, events: types });
    });
  };
  return { list, rejected: () => asked.filter((type) => !types.includes(type)) };
}

function isRejected(thrown: unknown, type: string): boolean {
  const refusal = refusalOf(thrown);
  if (!(thrown instanceof AppError) || refusal?.status !== 422) return false;
  return new RegExp(`(?<![\\w.])(events\\.)?${type.replaceAll('.', '\\.')}(?![\\w.])`, 'u').test(
    refusal.body,
  );
}
