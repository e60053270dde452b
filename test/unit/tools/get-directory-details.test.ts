import { beforeAll, describe, expect, it } from 'vitest';
import { newDirectory, newEvent } from './objects.ts';
import { readAll } from './reading.ts';
import { type Bench, DAY, startBench } from './support.ts';

const TOOL = 'get_directory_details';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

const dsync = (organization: string, source = bench) =>
  source.account
    .eventsOf(source.organization(organization).id)
    .filter(({ event }) => event.startsWith('dsync.'))
    .toReversed();

describe('get_directory_details', () => {
  it('shows counts, what the state means and the latest events, newest first', async () => {
    const { id, created_at, updated_at } = bench.directory('Acme Okta Directory');
    const found = await bench.agent(TOOL, { directory_id: id });
    const events = dsync('Acme Corp');
    expect(found).toMatchObject({
      id,
      name: 'Acme Okta Directory',
      type: 'okta scim v2.0',
      provider: 'Okta',
      state: 'linked',
      users: 120,
      active_users: 112,
      inactive_users: 8,
      groups: 10,
      domain: 'acme.com',
      created_at,
      updated_at,
      organization: { id: bench.organization('Acme Corp').id, name: 'Acme Corp' },
      state_meaning: 'Connected; changes at the provider arrive here.',
      last_activity_seen: events[0]?.created_at,
    });
    expect(found.events?.map((row) => row.id)).toEqual(events.slice(0, 10).map((event) => event.id));
    expect(found).not.toHaveProperty('issues');
    expect(found).not.toHaveProperty('activity_note');
    expect(JSON.stringify(found)).not.toMatch(/last_sync/u);
  });

  it('gives the events of the last 30 days by section and says since when they are all there', async () => {
    const { id } = bench.directory('Acme Okta Directory');
    const found = await bench.agent(TOOL, { directory_id: id });
    const since = found.events_since ?? '';
    expect(Math.round((Date.now() - Date.parse(since)) / DAY)).toBe(30);
    const { items, pages } = await readAll(bench.agent, TOOL, { directory_id: id, section: 'events' });
    const truth = dsync('Acme Corp').filter(({ created_at }) => created_at >= since);
    expect(items.map((row) => row['id'])).toEqual(truth.map((event) => event.id));
    expect(pages[0]).toMatchObject({ id, section: 'events', total: truth.length });
  });

  it('keeps the 50 latest of many events, and claims no more than those', async () => {
    const own = await startBench();
    const { id: directory_id, organization_id } = own.directory('Acme Okta Directory');
    const data = { object: 'directory_user', id: 'directory_user_1', email: 'x'.repeat(100), directory_id };
    for (let place = 0; place < 60; place += 1) {
      const created_at = new Date(Date.now() - place * 60_000).toISOString();
      newEvent(own.account, organization_id, {
        event: 'dsync.user.updated',
        created_at,
        data,
      });
    }
    const { items, pages } = await readAll(own.agent, TOOL, { directory_id, section: 'events' });
    const truth = dsync('Acme Corp', own).slice(0, 50);
    expect(items.map((row) => row['id'])).toEqual(truth.map(({ id }) => id));
    const other = newDirectory(own.account, organization_id, 'Other');
    const foreign = { directory_id: other.id, section: 'events', cursor: pages[0]?.next_cursor };
    expect(pages.length).toBeGreaterThan(1);
    expect(await own.refused(TOOL, foreign)).toMatchObject({ code: 'INVALID_CURSOR' });
    const { events_since } = await own.agent(TOOL, { directory_id });
    expect(events_since).toBe(truth.at(-1)?.created_at);
  });

  it.each([
    ['Global Tech Google Workspace', 'directory_invalid_credentials', /refuses the stored credentials/u],
    ['Stark Workday', 'directory_unlinked', /^Disconnected/u],
  ])('%s: issues first, in plain words', async (name, code, meaning) => {
    const { id } = bench.directory(name);
    const found = await bench.agent(TOOL, { directory_id: id });
    expect(found.issues).toEqual([expect.objectContaining({ code, severity: 'high', ids: [id] })]);
    expect(found.state_meaning).toMatch(meaning);
    expect(Object.keys(found).find((key) => key === 'issues' || key === 'events')).toBe('issues');
  });

  it('says since when it saw nothing, and that this proves nothing', async () => {
    const own = await startBench();
    const silent = newDirectory(own.account, own.organization('Acme Corp').id, 'Silent');
    const found = await own.agent(TOOL, { directory_id: silent.id });
    expect(found).not.toHaveProperty('last_activity_seen');
    expect(found).not.toHaveProperty('events');
    expect(found.activity_note).toMatch(/^No sync event since \d{4}-.*no last-sync time/u);
  });

  it('keeps to its own events among those of another directory', async () => {
    const own = await startBench();
    const { id: organization } = own.organization('Acme Corp');
    const other = newDirectory(own.account, organization, 'Other');
    const data = { object: 'directory_user', id: 'directory_user_01A', directory_id: other.id };
    const { id } = newEvent(own.account, organization, { event: 'dsync.user.created', data });
    const found = await own.agent(TOOL, { directory_id: other.id });
    expect(found.events?.map((row) => row.id)).toEqual([id]);
    const acme = await own.agent(TOOL, { directory_id: own.directory('Acme Okta Directory').id });
    expect(acme.events?.map((row) => row.id)).not.toContain(id);
  });

  it('names the list tool for an id that does not exist', async () => {
    expect(await bench.refused(TOOL, { directory_id: 'directory_01NO' })).toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('list_directories'),
    });
    expect(await bench.refused(TOOL, {})).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
