import type { AccountEvent } from '../../../src/sandbox/account/types.ts';
import { EVENT_TYPES } from '../../../src/workos/event-types.ts';
import {
  type EventPosition,
  type EventReading,
  type EventSearch,
  latestEvents,
} from '../../../src/workos/events.ts';
import type { WorkosPort } from '../../../src/workos/port.ts';
import type { WorkosEvent } from '../../../src/workos/schemas.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
type Api = WorkosPort['events'];

/** Everything of the last 90 days. */
export function searchAll(more: Partial<EventSearch> = {}): EventSearch {
  const to = new Date();
  return { types: EVENT_TYPES, from: new Date(to.getTime() - 90 * DAY), to, ...more };
}

/** A reading without a limit that matters. */
export function reading(more: Partial<EventReading> = {}): EventReading {
  return { limit: 10_000, deadline: Infinity, onPage: () => undefined, ...more };
}

/** The ids an account's events have, newest first, as far as they match. */
export function truth(events: readonly AccountEvent[], { types, from, to }: EventSearch): string[] {
  return events
    .filter(({ event, created_at }) => {
      const time = Date.parse(created_at);
      return types.includes(event) && time >= from.getTime() && time <= to.getTime();
    })
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
}

/** Reads page after page to the end; the ids in the order they came. */
export async function readToEnd(api: Api, search: EventSearch, more: Partial<EventReading>) {
  const ids: string[] = [];
  const sizes: number[] = [];
  let before: EventPosition | undefined;
  do {
    const page = await latestEvents(api, search, reading({ ...more, before }));
    ids.push(...page.events.map(({ id }) => id));
    sizes.push(page.events.length);
    before = page.next;
    if (sizes.length > 2_000) throw new Error('The events do not end.');
  } while (before !== undefined);
  return { ids, sizes };
}

/** An event to add to a sample account. */
export function eventAt(time: number, id: string, event = 'vault.names.listed'): AccountEvent {
  return { object: 'event', id, event, created_at: new Date(time).toISOString(), data: { id } };
}

/** An API that holds these events (oldest first) and answers as WorkOS does, in pages of 100. */
export function apiOf(events: readonly AccountEvent[]) {
  const queries: Parameters<Api['list']>[0][] = [];
  const list: Api['list'] = async (query) => {
    queries.push(query);
    const from = query.range_start === undefined ? -Infinity : Date.parse(query.range_start);
    const to = query.range_end === undefined ? Infinity : Date.parse(query.range_end);
    const place = query.after === undefined ? -1 : events.findIndex(({ id }) => id === query.after);
    const rows = events
      .slice(place + 1)
      .filter(({ created_at }) => Date.parse(created_at) >= from && Date.parse(created_at) <= to);
    const items: WorkosEvent[] = rows
      .slice(0, query.limit)
      .map(({ id, event, created_at, data }) => ({ id, event, created_at, data }));
    const last = items.at(-1);
    return last && items.length === query.limit ? { items, after: last.id } : { items };
  };
  return { list, queries };
}
