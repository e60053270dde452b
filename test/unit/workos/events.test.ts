import { describe, expect, it, vi } from 'vitest';
import { latestEvents } from '../../../src/workos/events.ts';
import { DAY, eventAt, HOUR, reading, readToEnd, searchAll, truth } from './event-truth.ts';
import { connect, first } from './support.ts';

const { sandbox, port } = await connect();
const { account } = sandbox;
const busiest = first(
  account.organizations.toSorted((a, b) => account.eventsOf(b.id).length - account.eventsOf(a.id).length),
);
const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id);

describe('the latest events of the sample account', () => {
  it('are newest first and exactly those of the account', async () => {
    const search = searchAll();
    const found = await latestEvents(port.events, search, reading());
    expect(ids(found.events)).toEqual(truth(account.allEvents(), search));
    expect(found.events.length).toBeGreaterThan(900);
    expect(found.next).toBeUndefined();
    expect(found.unknownTypes).toEqual([]);
  });

  it.each(account.organizations.map(({ name, id }) => [name, id]))(
    'of %s are exactly its own',
    async (_name, id) => {
      const search = searchAll({ organization_id: id });
      const found = await latestEvents(port.events, search, reading());
      expect(ids(found.events)).toEqual(truth(account.eventsOf(id), search));
    },
  );

  it.each([1, 2, 7, 25, 100])('read %i at a time are all of them, once each', async (limit) => {
    const search = searchAll({ organization_id: busiest.id, from: new Date(Date.now() - 12 * DAY) });
    const { ids: seen, sizes } = await readToEnd(port.events, search, { limit });
    const expected = truth(account.eventsOf(busiest.id), search);
    expect(seen).toEqual(expected);
    expect(expected.length).toBeGreaterThan(20);
    expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
  });

  it('take few requests when few are wanted', async () => {
    await latestEvents(port.events, searchAll(), reading({ limit: 3 }));
    expect(sandbox.requests.count()).toBeLessThan(5);
  });

  it('never ask for more than 30 days at a time, and are progress page by page', async () => {
    const onPage = vi.fn<(read: number) => void>();
    const found = await latestEvents(port.events, searchAll(), reading({ firstWindowMs: Infinity, onPage }));
    expect(sandbox.requests.count(({ status }) => status !== 200)).toBe(0);
    expect(onPage).toHaveBeenCalledTimes(sandbox.requests.count());
    expect(onPage.mock.calls.at(-1)?.[0]).toBeGreaterThanOrEqual(found.events.length);
    const read = onPage.mock.calls.map(([count]) => count);
    expect(read).toEqual(read.toSorted((a, b) => a - b));
  });

  it('in windows of either size are the same', async () => {
    const search = searchAll();
    const whole = await latestEvents(port.events, search, reading({ firstWindowMs: Infinity }));
    const widening = await latestEvents(port.events, search, reading());
    expect(ids(whole.events)).toEqual(ids(widening.events));
  });

  it('keep to the filter the API lacks, on every page', async () => {
    const kept = (id: string) => id.charCodeAt(id.length - 1) % 3 === 0;
    const search = searchAll({ from: new Date(Date.now() - 30 * DAY), keep: ({ id }) => kept(id) });
    const { ids: seen } = await readToEnd(port.events, search, { limit: 20 });
    const all = truth(account.allEvents(), search);
    expect(seen).toEqual(all.filter(kept));
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.length).toBeLessThan(all.length);
  });
});

describe('bounds', () => {
  const id = 'vault_bounds';
  const base = Date.now() - 5 * DAY;
  for (const offset of [-1, 0, 1, HOUR - 1, HOUR, HOUR + 1]) {
    account.addEvent(busiest.id, eventAt(base + offset, `${id}_${offset}`, 'vault.kek.created'));
  }
  const types = ['vault.kek.created'];

  it('count in both ends, to the millisecond', async () => {
    const search = searchAll({ types, from: new Date(base), to: new Date(base + HOUR) });
    const found = await latestEvents(port.events, search, reading());
    expect(ids(found.events)).toEqual([HOUR, HOUR - 1, 1, 0].map((offset) => `${id}_${offset}`));
    expect(found.seenFrom.getTime()).toBe(base);
  });

  it('hold on later pages too', async () => {
    const search = searchAll({ types, from: new Date(base), to: new Date(base + HOUR) });
    const { ids: seen } = await readToEnd(port.events, search, { limit: 1 });
    expect(seen).toEqual([HOUR, HOUR - 1, 1, 0].map((offset) => `${id}_${offset}`));
  });

  it('before the 90 days that are kept are cut to them', async () => {
    const search = searchAll({ types, from: new Date(0) });
    const found = await latestEvents(port.events, search, reading());
    expect(found.events).toHaveLength(6);
    expect(Date.now() - found.seenFrom.getTime()).toBeLessThan(90 * DAY);
    expect(found.next).toBeUndefined();
  });

  it('in which nothing can lie ask nothing', async () => {
    const search = searchAll({ types, from: new Date(base + HOUR), to: new Date(base) });
    expect((await latestEvents(port.events, search, reading())).events).toEqual([]);
    expect(sandbox.requests.count()).toBe(0);
  });
});

describe('types the API does not know', () => {
  it('are dropped, reported, and asked for only once', async () => {
    const known = searchAll({ types: ['dsync.user.created', 'session.created'] });
    const search = { ...known, types: ['session.eaten', ...known.types, 'group.user.created', 'created'] };
    const found = await latestEvents(port.events, search, reading());
    expect(found.unknownTypes).toEqual(['session.eaten', 'group.user.created', 'created']);
    expect(ids(found.events)).toEqual(truth(account.allEvents(), known));
    expect(found.events.length).toBeGreaterThan(50);
    expect(sandbox.requests.count(({ status }) => status === 422)).toBe(1);
  });

  it('leave nothing when they are all there is', async () => {
    const found = await latestEvents(port.events, searchAll({ types: ['a.b', 'c.d'] }), reading());
    expect(found).toMatchObject({ events: [], unknownTypes: ['a.b', 'c.d'] });
    expect(sandbox.requests.count()).toBe(1);
  });

  it('are not blamed for another refusal', async () => {
    const body = { message: 'Validation failed', errors: [{ code: 'invalid', field: 'limit' }] };
    sandbox.faults.set({ kind: 'status', status: 422, body });
    await expect(latestEvents(port.events, searchAll(), reading())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'WorkOS refused: limit (invalid).',
    });
    expect(sandbox.requests.count()).toBe(1);
  });
});
