import { beforeAll, describe, expect, it } from 'vitest';
import { readAll } from './reading.ts';
import { type Bench, DAY, startBench } from './support.ts';

const TOOL = 'get_audit_log_events';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
  bench.sandbox.faults.exportDelayMs = 0;
});

const acme = () => bench.organization('Acme Corp').id;
const since = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const events = (days: number) =>
  bench.account
    .eventsOf(acme())
    .filter(({ created_at }) => created_at >= since(days))
    .toReversed();
const rows = (days: number) =>
  bench.account
    .auditRowsOf(acme())
    .filter(({ occurred_at }) => occurred_at >= since(days))
    .toReversed();

describe('get_audit_log_events', () => {
  it('labels each row and shows who did what to what, when, from where', async () => {
    const { items } = await bench.agent(TOOL, { organization: 'Acme Corp', limit: 40, from: since(20) });
    const login = items.find(({ type }) => type === 'authentication.sso_succeeded');
    const event = events(20).find(({ id }) => id === login?.id);
    expect(login).toEqual({
      source: 'events',
      time: event?.created_at,
      type: 'authentication.sso_succeeded',
      id: event?.id,
      actor: { type: 'user', id: event?.data['user_id'], name: event?.data['email'] },
      targets: [
        {
          type: 'connection',
          id: (event?.data['sso'] as { connection_id?: string } | undefined)?.connection_id,
        },
      ],
      ip: event?.data['ip_address'],
      client: expect.stringMatching(/^\w+ \d+ on \w+$/u),
      state: 'succeeded',
    });
    const shared = items.find(({ type }) => type === 'document.shared');
    const row = rows(20).find(({ occurred_at }) => occurred_at === shared?.time);
    expect(shared).toEqual({
      source: 'audit_log',
      time: row?.occurred_at,
      type: 'document.shared',
      actor: { type: 'user', id: row?.actor.id, name: row?.actor.name },
      // A name may have two lines; agents get one.
      targets: row?.targets.map(({ type, id, name }) => ({ type, id, name: name.replace('\n', ' ') })),
      ip: row?.context.location,
      client: expect.any(String),
      metadata: row?.metadata,
      ...(row?.targets.some(({ name }) => name.includes('\n')) && { altered: true }),
    });
  });

  it.each([
    [['dsync.*'], (type: string) => type.startsWith('dsync.')],
    [['authentication.sso_succeeded'], (type: string) => type === 'authentication.sso_succeeded'],
    [['user.*', 'session.created'], (type: string) => /^user\.|^session\.created$/u.test(type)],
    [
      ['document.exported', 'role.changed'],
      (type: string) => /^document\.exported|^role\.changed/u.test(type),
    ],
  ])('takes only types %j, from both sources', async (types, keep) => {
    const { items, pages } = await readAll(bench.person, TOOL, {
      organization: acme(),
      types,
      limit: 100,
      from: since(60),
    });
    const { from = '' } = pages[0]?.events ?? {};
    const kept = [
      ...events(61).map((event) => [event.created_at, event.event]),
      ...rows(61).map((row) => [row.occurred_at, row.action]),
    ]
      .filter(([time = '', type = '']) => time >= from && keep(type))
      .map((row) => row.join(' '));
    expect(kept.length).toBeGreaterThan(3);
    expect(items.map(({ time, type }) => `${time} ${type}`).toSorted()).toEqual(kept.toSorted());
  });

  it('names types that WorkOS does not know, and goes on with the others', async () => {
    const types = ['dsync.user.created', 'no.such_event'];
    const page = await bench.agent(TOOL, { organization: acme(), source: 'events', types, limit: 5 });
    expect(page.events?.unknown_types).toEqual(['no.such_event']);
    expect(page.items.length).toBeGreaterThan(0);
    expect(new Set(page.items.map(({ type }) => type))).toEqual(new Set(['dsync.user.created']));
    const none = await bench.agent(TOOL, { organization: acme(), source: 'events', types: ['a.b', 'c.*'] });
    expect(none).toMatchObject({ items: [], complete: true, events: { unknown_types: ['c.*', 'a.b'] } });
  });

  it('finds what one actor did, by id, name or email', async () => {
    const some = rows(20)[0]?.actor;
    const email = some?.metadata['email'];
    const expected = {
      rows: rows(20).filter(({ actor }) => actor.id === some?.id).length,
      logins: events(20).filter(({ data }) => data['email'] === email && data['object'] === undefined).length,
    };
    const read = async (actor: unknown) => {
      const input = { organization: acme(), actor, from: since(20), limit: 100 };
      return (await readAll(bench.person, TOOL, input)).items;
    };
    const byId = await read(some?.id.toLowerCase());
    expect(byId.filter(({ source }) => source === 'audit_log')).toHaveLength(expected.rows);
    const byName = await read(some?.name);
    expect(byName.filter(({ source }) => source === 'audit_log')).toHaveLength(expected.rows);
    const byEmail = await read(email);
    expect(byEmail.filter(({ source }) => source === 'events')).toHaveLength(expected.logins);
    expect(await read('nobody-like-this')).toEqual([]);
  });

  it('finds what was done to one target, by id or name', async () => {
    const connection = bench.connection('Entra ID OIDC').id;
    const input = { organization: acme(), from: since(20), limit: 100 };
    const logins = await readAll(bench.person, TOOL, { ...input, source: 'events', target: connection });
    const truth = events(20).filter(({ data }) => JSON.stringify(data['sso'] ?? {}).includes(connection));
    expect(logins.items.map(({ id }) => id)).toEqual(truth.map(({ id }) => id));
    const handbook = await readAll(bench.person, TOOL, { ...input, source: 'audit_log', target: 'HANDBOOK' });
    const about = rows(20).filter(({ targets }) => targets.some(({ name }) => /handbook/iu.test(name)));
    expect(about.length).toBeGreaterThan(0);
    expect(handbook.items.map(({ time }) => time)).toEqual(about.map((row) => row.occurred_at));
  });

  it('takes a range of dates, in any zone', async () => {
    const from = new Date(Date.now() - 10 * DAY).toISOString().slice(0, 10);
    const to = `${new Date(Date.now() - 8 * DAY).toISOString().slice(0, 10)}T02:00:00+02:00`;
    const { items, pages } = await readAll(bench.person, TOOL, {
      organization: acme(),
      from,
      to,
      limit: 100,
    });
    const end = `${to.slice(0, 10)}T00:00:00.000Z`;
    expect(pages[0]?.events).toMatchObject({ from: `${from}T00:00:00.000Z`, to: end });
    const inside = (time: string) => time >= from && time <= end;
    const count =
      events(20).filter((event) => inside(event.created_at)).length +
      rows(20).filter((row) => inside(row.occurred_at)).length;
    expect(items).toHaveLength(count);
    expect(count).toBeGreaterThan(10);
  });

  it.each([
    [{ from: '2026-02-30T00:00' }, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2999-01-01' }, 'from'],
    [{ from: since(5), to: since(6) }, 'from'],
    [{ from: since(200), to: since(100) }, 'from'],
    [{ types: ['a*b'] }, 'types'],
    [{ types: [] }, 'types'],
    [{ organization: '' }, 'organization'],
  ])('refuses %j', async (input, field) => {
    const error = await bench.refused(TOOL, { organization: 'Acme Corp', ...input });
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(field) });
  });
});
