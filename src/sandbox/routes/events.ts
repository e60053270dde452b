import { EVENT_TYPES } from '../../workos/event-types.ts';
import { EVENT_RETENTION } from '../account/events.ts';
import { arrayRows } from '../account/rows.ts';
import { DAY } from '../account/time.ts';
import type { Route } from '../context.ts';
import { cutPage, readList, readPaging } from '../paging.ts';
import { invalid, json, refusal } from '../reply.ts';

const LONGEST_RANGE = 30 * DAY;

function typesAsked(query: URLSearchParams): Set<string> {
  const names = readList(query, 'events');
  if (names.length === 0) throw invalid('Validation failed', [{ code: 'required', field: 'events' }]);
  const known = new Set<string>(EVENT_TYPES);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return new Set(names);
  const errors = unknown.map((name) => ({ code: 'unknown_event_type', field: `events.${name}` }));
  throw invalid(`Validation failed: unknown event types: ${unknown.join(', ')}`, errors);
}

function moment(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw refusal(400, `${name} must be an ISO 8601 date.`);
  return time;
}

// A minute of grace: a client asks for exactly 90 days and some time passes until its request arrives.
const GRACE = 60_000;

function rangeAsked(query: URLSearchParams, now: number): { start: number; end: number } {
  const oldest = now - EVENT_RETENTION;
  const start = moment(query, 'range_start');
  const end = moment(query, 'range_end') ?? Number.POSITIVE_INFINITY;
  if (start === undefined) return { start: oldest, end };
  if (query.get('after') !== null) {
    throw refusal(400, 'The parameters after and range_start cannot be used together.');
  }
  if (start > end) throw refusal(400, 'range_start must be before range_end.');
  if (start < oldest - GRACE) throw refusal(400, 'range_start must be within the last 90 days.');
  if (Math.min(end, now) - start > LONGEST_RANGE + GRACE) {
    throw refusal(400, 'The range must not be longer than 30 days.');
  }
  return { start, end };
}

/** `GET /events`: always oldest first, whatever order is asked for, and only types that are named. */
export const listEvents: Route = ({ account, clock }, { query }) => {
  const paging = readPaging(query);
  const types = typesAsked(query);
  const { start, end } = rangeAsked(query, clock());
  const organization = query.get('organization_id');
  const events = organization === null ? account.allEvents() : account.eventsOf(organization);
  const page = cutPage(arrayRows(events), { ...paging, order: 'asc' }, (row) => {
    const time = Date.parse(row.created_at);
    return types.has(row.event) && time >= start && time <= end;
  });
  // The live API gives a cursor on the last page too.
  const after = page.items.at(-1)?.id ?? null;
  return json(200, { object: 'list', data: page.items, list_metadata: { after } });
};
