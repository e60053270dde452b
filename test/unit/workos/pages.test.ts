import { describe, expect, it } from 'vitest';
import { connect } from './support.ts';

const { sandbox, port, forCall } = await connect();

/** A value of so many levels, as JSON can have. */
function nested(levels: number): unknown {
  return JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
}

describe('a page', () => {
  const serve = (data: unknown[], list_metadata?: unknown) =>
    sandbox.faults.set({ kind: 'status', status: 200, body: { object: 'list', data, list_metadata } });
  const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `org_${index}` }));

  it.each([
    ['that is full and has a cursor goes on', 3, { after: 'org_2' }, 'org_2'],
    ['that is short is the last, whatever its cursor says', 2, { after: 'org_1' }, undefined],
    ['without rows is the last', 0, { after: 'org_1' }, undefined],
    ['that is full without a cursor is the last', 3, { after: null }, undefined],
    ['without metadata is the last', 3, undefined, undefined],
  ])('%s', async (_what, count, metadata, after) => {
    serve(rows(count), metadata);
    const page = await port.organizations.list({ limit: 3 });
    expect(page.items).toHaveLength(count);
    expect(page.after).toBe(after);
    expect('after' in page).toBe(after !== undefined);
  });

  it.each([
    ['a row without an id', { name: 'x' }],
    ['a row that is none', null],
    ['a row nested too deeply', { id: 'org_9', deep: nested(1_000) }],
  ])('leaves out %s, counts it, and goes on after the page', async (_what, odd) => {
    const own = forCall({});
    serve([{ id: 'org_1' }, odd, { id: 'org_2' }], { after: 'org_2' });
    const page = await own.organizations.list({ limit: 3 });
    expect(page).toMatchObject({ items: [{ id: 'org_1' }, { id: 'org_2' }], after: 'org_2' });
    expect(own.dropped()).toBe(1);
    expect(forCall({}).dropped()).toBe(0);
  });

  it('counts a row that is read twice once', async () => {
    const own = forCall({});
    for (let time = 0; time < 2; time += 1) {
      serve([{ id: 'event_1', event: 'user.created', created_at: 'one day' }]);
      expect(await own.events.list({ limit: 3, events: ['user.created'] })).toEqual({ items: [] });
      sandbox.faults.clear();
    }
    expect(own.dropped()).toBe(1);
  });

  it('leaves out entries of lists within a row, and counts them', async () => {
    const own = forCall({});
    const domains = [{ domain: 'a.example' }, { domain: 7 }, null, { domain: 'b.example' }];
    serve([{ id: 'org_1', domains, metadata: { a: '1', b: 2, c: null } }]);
    const { items } = await own.organizations.list({ limit: 3 });
    expect(items).toMatchObject([
      { id: 'org_1', domains: [{ domain: 'a.example' }, { domain: 'b.example' }], metadata: { a: '1' } },
    ]);
    expect(own.dropped()).toBe(4);
  });

  it.each([[[]], [{ items: [] }], [{ data: {} }]])('that is %j is BAD_RESPONSE', async (body) => {
    sandbox.faults.set({ kind: 'status', status: 200, body });
    await expect(port.organizations.list({ limit: 3 })).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });

  it.each([[{ name: 'x' }], [{ id: 'org_1', deep: nested(1_000) }]])(
    'does not stand for a detail: one that does not fit is BAD_RESPONSE',
    async (body) => {
      sandbox.faults.set({ kind: 'status', status: 200, body });
      await expect(port.organizations.get('org_1')).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
    },
  );

  it('reads an unknown shape of a minor field as absent', async () => {
    serve([{ id: 'org_1', name: 'n', domains: 'none', external_id: 7, metadata: { a: 1 }, extra: [1] }]);
    const { items } = await port.organizations.list({ limit: 3 });
    expect(items).toEqual([{ id: 'org_1', name: 'n', domains: [], metadata: {}, extra: [1] }]);
  });
});
