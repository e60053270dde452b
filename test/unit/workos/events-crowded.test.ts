import { describe, expect, it, vi } from 'vitest';
import type { AccountEvent } from '../../../src/sandbox/account/types.ts';
import { latestEvents } from '../../../src/workos/events.ts';
import { seeded } from '../gateway/support.ts';
import { apiOf, DAY, eventAt, HOUR, reading, readToEnd, searchAll, truth } from './event-truth.ts';
import { connect, first } from './support.ts';

const TYPES = ['vault.names.listed'];
const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id);
const byTime = (a: AccountEvent, b: AccountEvent) => Date.parse(a.created_at) - Date.parse(b.created_at);

/** Events at random times (many of them equal) within some days, oldest first; ids tell nothing of the time. */
function randomEvents(seed: number, count: number, days: number, grain: number): AccountEvent[] {
  const random = seeded(seed);
  const now = Date.now() - 1_000;
  return Array.from({ length: count }, (_, index) => {
    const ago = Math.floor((random() * days * DAY) / grain) * grain;
    return eventAt(now - ago, `event_${Math.floor(random() * 1e9).toString(36)}_${index}`);
  }).sort(byTime);
}

describe('a crowded account', () => {
  it('over real HTTP: thousands in a few hours are all found, once each, in pages', async () => {
    const { sandbox, port } = await connect();
    const organization = first(sandbox.account.organizations);
    const now = Date.now() - 1_000;
    for (const event of randomEvents(3, 4_200, 0.2, 1)) sandbox.account.addEvent(organization.id, event);
    const search = searchAll({
      types: TYPES,
      organization_id: organization.id,
      from: new Date(now - 3 * DAY),
    });
    const expected = truth(sandbox.account.eventsOf(organization.id), search);
    expect(expected).toHaveLength(4_200);
    const { ids: seen } = await readToEnd(port.events, search, { limit: 1_500 });
    expect(seen).toEqual(expected);
  });

  it('is read from nearer its end: the newest few need few pages', async () => {
    const events = randomEvents(4, 9_000, 1, 1);
    const api = apiOf(events);
    const search = searchAll({ types: TYPES });
    const found = await latestEvents(api, search, reading({ limit: 5 }));
    expect(ids(found.events)).toEqual(truth(events, search).slice(0, 5));
    // 20 pages in vain, then an eighth of the day: 9,000 / 8 in 12 pages.
    expect(api.queries.length).toBeLessThan(40);
  });

  it('with more in one hour than a window holds is read all the same', async () => {
    const events = randomEvents(5, 5_000, 0.5 / 24, 1);
    const api = apiOf(events);
    const search = searchAll({ types: TYPES, from: new Date(Date.now() - DAY) });
    const { ids: seen } = await readToEnd(api, search, { limit: 4_999 });
    expect(seen).toEqual(truth(events, search));
  });

  it('sends a range start or a cursor, never both, and at most 30 days', async () => {
    const api = apiOf(randomEvents(6, 3_000, 80, 1));
    await latestEvents(api, searchAll({ types: TYPES }), reading());
    expect(api.queries.length).toBeGreaterThan(30);
    for (const query of api.queries) {
      expect((query.range_start === undefined) !== (query.after === undefined)).toBe(true);
      if (query.range_start === undefined || query.range_end === undefined) continue;
      expect(Date.parse(query.range_end) - Date.parse(query.range_start)).toBeLessThanOrEqual(30 * DAY);
    }
  });
});

describe('any account, 40 of them at random', () => {
  it.each([
    ['spread over months', 80, 1],
    ['with many events at the same time', 20, 6 * HOUR],
    ['all within an hour', 1 / 24, 60_000],
  ])('%s, read in pages is the whole, once each', async (_what, days, grain) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seeded(seed);
      const events = randomEvents(seed, Math.floor(random() * 400), days, grain);
      const limit = 1 + Math.floor(random() * 60);
      const search = searchAll({ types: TYPES });
      const { ids: seen } = await readToEnd(apiOf(events), search, {
        limit,
        ...(random() < 0.5 && { firstWindowMs: Infinity }),
      });
      expect(seen, `seed ${seed}`).toEqual(truth(events, search));
    }
  });
});

describe('a reading that stops early', () => {
  const events = randomEvents(8, 600, 80, 1);
  const search = searchAll({ types: TYPES });
  const expected = truth(events, search);

  it('at its deadline gives what it has, says how far it saw, and resumes right there', async () => {
    const found = await latestEvents(apiOf(events), search, reading({ deadline: -Infinity }));
    expect(found.next).toEqual({ time: found.seenFrom.getTime(), id: '' });
    expect(ids(found.events)).toEqual(expected.slice(0, found.events.length));
    const seen = truth(events, { ...search, from: found.seenFrom });
    expect(ids(found.events)).toEqual(seen);
    expect(found.events.length).toBeLessThan(expected.length);
  });

  it('at every deadline on the way loses nothing and repeats nothing', async () => {
    const { ids: seen, sizes } = await readToEnd(apiOf(events), search, { deadline: -Infinity });
    expect(seen).toEqual(expected);
    expect(sizes.length).toBeGreaterThan(5);
  });

  it('exactly at events of the same time resumes without loss', async () => {
    const now = Date.now();
    // The first window ends a day ago: events lie at, before and after its edge.
    const edge = now - DAY;
    const crowd = [-1, 0, 0, 0, 1].map((offset, index) => eventAt(edge + 1 + offset, `event_${index}`));
    const near = searchAll({ types: TYPES, to: new Date(now), from: new Date(now - 2 * DAY) });
    const { ids: seen } = await readToEnd(apiOf(crowd), near, { deadline: -Infinity });
    expect(seen).toEqual(truth(crowd, near));
    expect(seen).toHaveLength(5);
  });

  it('when its caller has enough does the same', async () => {
    const enough = vi.fn<() => boolean>(() => true);
    const found = await latestEvents(apiOf(events), search, reading({ enough }));
    expect(enough).toHaveBeenCalledOnce();
    expect(found.next).toEqual({ time: found.seenFrom.getTime(), id: '' });
    const rest = await latestEvents(apiOf(events), search, reading({ before: found.next }));
    expect([...ids(found.events), ...ids(rest.events)]).toEqual(expected);
    expect(rest.next).toBeUndefined();
  });

  it('that has seen everything says so even at its deadline', async () => {
    const short = searchAll({ types: TYPES, from: new Date(Date.now() - HOUR) });
    const found = await latestEvents(apiOf(events), short, reading({ deadline: -Infinity }));
    expect(found.next).toBeUndefined();
  });
});
