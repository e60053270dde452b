import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf, truthOf } from './audit-truth.ts';
import { newEvent } from './objects.ts';
import { readAll } from './reading.ts';
import { anotherBench, type Bench, DAY, startBench } from './support.ts';

const TOOL = 'get_audit_log_events';
const ORGANIZATION = 'Stark Industries';
let bench: Bench;
let organization: string;

beforeAll(async () => {
  bench = await startBench();
  bench.sandbox.faults.exportDelayMs = 0;
  ({ id: organization } = bench.organization(ORGANIZATION));
  // Rows of one moment, in both sources: the hardest place to cut a page.
  const moment = new Date(Date.now() - 40 * DAY).toISOString();
  const rows = bench.account.auditRowsOf(organization);
  for (let place = 0; place < 12; place += 1) {
    newEvent(bench.account, organization, { event: 'session.created', created_at: moment, data: { place } });
    const actor = { id: `actor_${place}`, type: 'user', name: 'A', metadata: {} };
    rows.push({ ...rows[0]!, occurred_at: moment, actor });
  }
});

const ninety = () => {
  const now = Date.now();
  return { from: new Date(now - 89 * DAY).toISOString(), to: new Date(now - 60_000).toISOString() };
};
const creations = (of = bench) => of.requests('POST', '/audit_logs/exports').length;

describe('get_audit_log_events, read to the end', () => {
  it.each([
    [5, 'agent'],
    [25, 'agent'],
    [100, 'agent'],
    [5, 'person'],
    [100, 'person'],
  ] as const)('by %i as %s equals both sources merged, from one export', async (limit, caller) => {
    const fresh = anotherBench(bench);
    const range =
      limit === 5
        ? {
            from: new Date(Date.now() - 41 * DAY).toISOString(),
            to: new Date(Date.now() - 20 * DAY).toISOString(),
          }
        : ninety();
    const before = creations();
    const { items, pages } = await readAll(fresh[caller], TOOL, {
      organization: ORGANIZATION,
      limit,
      ...range,
    });
    expect(items.map(keyOf)).toEqual(truthOf(bench, organization, range));
    expect(creations() - before).toBe(1);
    expect(pages.at(-1)).toMatchObject({ complete: true });
    expect(pages[0]).toMatchObject({
      events: { ...range, complete: false },
      audit_log: {
        ...range,
        status: 'ready',
        complete: false,
        export_id: expect.stringMatching(/^audit_log_export_/u),
      },
    });
  });

  it.each(['events', 'audit_log'] as const)('of %s alone', async (source) => {
    const range = ninety();
    const input = { organization: ORGANIZATION, source, limit: 100, ...range };
    const before = creations();
    const { items, pages } = await readAll(bench.agent, TOOL, input);
    expect(items.map(keyOf)).toEqual(truthOf(bench, organization, { ...range, sources: [source] }));
    expect(items.every((row) => row.source === source)).toBe(true);
    expect(pages.at(-1)?.[source]).toMatchObject({ ...range, complete: true });
    expect(pages[0]).not.toHaveProperty(source === 'events' ? 'audit_log' : 'events');
    expect(creations() - before).toBe(source === 'events' ? 0 : 1);
  });

  it('gives the last 30 days when no range is asked for', async () => {
    const { items, pages } = await readAll(bench.person, TOOL, { organization, limit: 100 });
    const { from = '', to = '' } = pages[0]?.events ?? {};
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * DAY);
    expect(Date.now() - Date.parse(to)).toBeLessThan(60_000);
    expect(items.map(keyOf)).toEqual(truthOf(bench, organization, { from, to }));
  });

  it('covers 90 days at most, and refuses to be asked for more', async () => {
    const from = new Date(Date.now() - 90 * DAY).toISOString().slice(0, 10);
    const found = await bench.agent(TOOL, { organization, from, limit: 5 });
    expect(Math.round((Date.now() - Date.parse(found.events?.from ?? '')) / DAY)).toBe(90);
    expect(await bench.refused(TOOL, { organization, from: '2001-01-01' })).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('last 90 days'),
    });
  });

  it('keeps its range while pages are read, whatever happens meanwhile', async () => {
    const own = await startBench();
    const { id } = own.organization(ORGANIZATION);
    const first = await own.agent(TOOL, { organization: id, limit: 5, source: 'events' });
    newEvent(own.account, id, { event: 'session.created' });
    const second = await own.agent(TOOL, {
      organization: id,
      limit: 5,
      source: 'events',
      cursor: first.next_cursor,
    });
    const { from = '', to = '' } = first.events ?? {};
    const truth = truthOf(own, id, { from, to, sources: ['events'] });
    expect([...first.items, ...second.items].map(keyOf)).toEqual(truth.slice(0, 10));
  });

  it('stays in order when the time for events runs out', async () => {
    const hurried = anotherBench(bench, 20);
    bench.sandbox.faults.set({ kind: 'latency', ms: 30, match: ({ path }) => path === '/events' });
    const range = { ...ninety(), from: new Date(Date.now() - 45 * DAY).toISOString() };
    const { items, pages } = await readAll(hurried.person, TOOL, { organization, limit: 100, ...range });
    bench.sandbox.faults.clear();
    expect(pages[0]?.items.length).toBeLessThan(100);
    expect(items.map(keyOf)).toEqual(truthOf(bench, organization, range));
  });

  it('refuses a cursor of other filters, another organization or another environment', async () => {
    const { next_cursor: cursor } = await bench.agent(TOOL, { organization, limit: 5 });
    for (const input of [
      { organization, cursor, source: 'events' },
      { organization, cursor, actor: 'x' },
      { organization: 'Acme Corp', cursor },
    ]) {
      expect(await bench.refused(TOOL, input)).toMatchObject({ code: 'INVALID_CURSOR' });
    }
    const elsewhere = await startBench();
    const input = { organization: ORGANIZATION, cursor };
    expect(await elsewhere.refused(TOOL, input)).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});
