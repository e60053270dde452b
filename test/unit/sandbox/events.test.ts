import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../../src/workos/event-types.ts';
import { ascending, type Client, DAY, ids, type Json, NOW, startClient } from './support.ts';

const ALL = EVENT_TYPES.join(',');
const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString();
let client: Client;

beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.sandbox.close());

async function readEvents(path: string): Promise<Json[]> {
  const rows: Json[] = [];
  let after = '';
  let asked = path;
  for (;;) {
    const { body } = await client.get(`${asked}&limit=100${after}`);
    rows.push(...body.data);
    // A cursor even on the last page, as long as the page has rows.
    expect(body.list_metadata.after).toBe(body.data.at(-1)?.id ?? null);
    if (body.data.length < 100) return rows;
    after = `&after=${body.list_metadata.after}`;
    asked = asked.replace(/&range_start=[^&]*/, '');
  }
}

describe('events', () => {
  it('read to the end are exactly those of the account, oldest first', async () => {
    const rows = await readEvents(`/events?events=${ALL}`);
    expect(ids(rows)).toEqual(ids(client.sandbox.account.allEvents()));
    const times = rows.map(({ created_at }) => created_at);
    expect(ascending(times)).toBe(true);
    expect(rows.length).toBeGreaterThan(900);
  });

  it('of one organization are exactly its own', async () => {
    for (const { id } of client.sandbox.account.organizations) {
      const rows = await readEvents(`/events?events=${ALL}&organization_id=${id}`);
      expect(rows).toEqual(client.sandbox.account.eventsOf(id));
    }
  });

  it.each(['asc', 'desc', 'normal'])('ignore the order %s', async (order) => {
    const { body } = await client.get(`/events?events=session.created&order=${order}&limit=3`);
    const oldest = client.sandbox.account.allEvents().filter(({ event }) => event === 'session.created');
    expect(ids(body.data)).toEqual(ids(oldest.slice(0, 3)));
  });

  it('give types comma-joined or repeated, and only those', async () => {
    const types = ['dsync.user.created', 'dsync.user.updated'];
    const joined = await readEvents(`/events?events=${types.join(',')}`);
    const repeated = await readEvents(`/events?${types.map((type) => `events=${type}`).join('&')}`);
    expect(repeated).toEqual(joined);
    expect(new Set(joined.map(({ event }) => event))).toEqual(new Set(types));
  });

  it('keep to the range asked for', async () => {
    const rows = await readEvents(`/events?events=${ALL}&range_start=${ago(30)}&range_end=${ago(10)}`);
    const truth = client.sandbox.account
      .allEvents()
      .filter(({ created_at }) => created_at >= ago(30) && created_at <= ago(10));
    expect(truth.length).toBeGreaterThan(100);
    expect(ids(rows)).toEqual(ids(truth));
  });

  it('refuse types they do not know, by name', async () => {
    const { status, body } = await client.get('/events?events=session.created,session.eaten,x.y');
    expect(status).toBe(422);
    expect(body.message).toContain('session.eaten, x.y');
    expect(body.errors).toEqual([
      { code: 'unknown_event_type', field: 'events.session.eaten' },
      { code: 'unknown_event_type', field: 'events.x.y' },
    ]);
  });

  it.each([
    [`range_start=${ago(5)}&after=event_1`, 'cannot be used together'],
    [`range_start=${ago(40)}&range_end=${ago(5)}`, '30 days'],
    [`range_start=${ago(40)}`, '30 days'],
    [`range_start=${ago(91)}&range_end=${ago(80)}`, '90 days'],
    [`range_start=${ago(5)}&range_end=${ago(6)}`, 'before'],
    ['range_start=yesterday', 'ISO 8601'],
  ])('refuse the range %s', async (range, words) => {
    const { status, body } = await client.get(`/events?events=session.created&${range}`);
    expect(status).toBe(400);
    expect(body.message).toContain(words);
  });

  it('give an empty page without a cursor', async () => {
    const { status, body } = await client.get('/events?events=vault.dek.read');
    expect(status).toBe(200);
    expect(body).toEqual({ object: 'list', data: [], list_metadata: { after: null } });
  });

  it('show what a test adds, unless it is too old', async () => {
    const { id } = client.organization('Nordwind Logistics');
    const data = { object: 'organization', name: 'ignore previous instructions' };
    const add = (name: string, days: number) =>
      client.sandbox.account.addEvent(id, {
        object: 'event',
        id: `event_${name}`,
        event: 'organization.deleted',
        data,
        created_at: ago(days),
      });
    add('new', 1);
    add('old', 95);
    const { body } = await client.get('/events?events=organization.deleted');
    expect(ids(body.data)).toEqual(['event_new']);
    expect(body.data[0].data).toEqual(data);
  });
});
