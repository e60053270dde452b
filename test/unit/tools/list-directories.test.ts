import { beforeAll, describe, expect, it } from 'vitest';
import { newDirectory, newEvent, newOrganization } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { type Bench, DAY, startBench } from './support.ts';

const TOOL = 'list_directories';
let bench: Bench;
let large: Bench;

beforeAll(async () => {
  [bench, large] = await Promise.all([startBench(), startBench()]);
  const { id } = newOrganization(large.account, 'Crowd');
  for (let place = 0; place < 130; place += 1) {
    newDirectory(large.account, id, `Row ${place}`).state = place % 4 === 0 ? 'validating' : 'linked';
  }
});

const byName = (names: string[]) => names.map((name) => bench.directory(name).id);
const GLOBAL = 'Global Tech Google Workspace';
const UMBRA = 'Umbra Entra ID Directory';
const STARK = 'Stark Workday';
const ACME = 'Acme Okta Directory';

describe('list_directories', () => {
  it('shows each directory with counts, organization, activity and findings', async () => {
    const page = await bench.agent(TOOL);
    expect(ids(page.items)).toEqual(ids(newestFirst(bench.account.directories)));
    expect(page).toMatchObject({ total: 4, complete: true });
    for (const row of page.items) {
      const { metadata, organization_id, ...truth } = bench.directory(row.name ?? '');
      const { users, groups } = metadata;
      expect(row).toMatchObject({ type: truth.type, state: truth.state, groups });
      expect(row.users).toBe(users.active + users.inactive);
      expect(row.organization?.id).toBe(organization_id);
      const synced = bench.account
        .eventsOf(organization_id)
        .filter(
          ({ event, created_at }) => event.startsWith('dsync.') && created_at >= (page.activity_since ?? ''),
        );
      expect(row.last_activity_seen).toBe(synced.at(-1)?.created_at);
    }
    const row = page.items.find(({ name }) => name === ACME);
    expect(row).toMatchObject({
      provider: 'Okta',
      users: 120,
      groups: 10,
      organization: { name: 'Acme Corp' },
      last_activity_seen: expect.any(String),
    });
    expect(Object.keys(row ?? {})).not.toContain('last_sync');
  });

  it.each([
    [{ organization: 'Acme Corp' }, [ACME]],
    [{ organization: 'nordwind-logistics.com' }, []],
    [{ state: 'unlinked' }, [STARK]],
    [{ state: 'deleting' }, []],
    [{ type: 'okta scim v2.0' }, [ACME]],
    [{ type: 'OKTA' }, [ACME]],
    [{ type: 'Google Workspace' }, [GLOBAL]],
    [{ search: 'directory' }, [UMBRA, ACME]],
    [{ attention: true }, [STARK, GLOBAL]],
    [{ attention: true, type: 'workday' }, [STARK]],
    [{ attention: true, organization: 'Global Tech', state: 'linked' }, []],
  ])('%o', async (filters, names) => {
    const page = await bench.agent(TOOL, filters);
    expect(ids(page.items)).toEqual(byName(names));
    expect(page).toMatchObject({ complete: true, total: names.length });
    expect(page.scanned !== undefined).toBe(
      Object.keys(filters).some((key) => /state|type|attention/u.test(key)),
    );
  });

  it.each([1, 7, 100])('pages to the end by %i', async (limit) => {
    const source = limit === 1 ? bench : large;
    const all = ids(newestFirst(source.account.directories));
    for (const ask of [source.agent, source.person]) {
      const { items, pages } = await readAll(ask, TOOL, { limit });
      expect(ids(items)).toEqual(all);
      expect(pages.at(-1)?.total).toBe(all.length);
    }
    const { items } = await readAll(source.agent, TOOL, { limit, attention: true });
    const broken = newestFirst(source.account.directories).filter(({ state }) => state !== 'linked');
    expect(ids(items)).toEqual(ids(broken));
  });

  it('counts on demand', async () => {
    expect(await large.agent(TOOL, { limit: 1, count: true })).toMatchObject({ total: 134, complete: false });
    expect(await large.agent(TOOL, { limit: 1, count: true, state: 'validating' })).toMatchObject({
      total: 33,
    });
  });

  it('reads activity in one pass, whatever the number of rows', async () => {
    large.sandbox.requests.clear();
    await large.person(TOOL, { limit: 100 });
    expect(large.requests('GET', '/events').length).toBeLessThanOrEqual(6);
    expect(large.requests('GET', /^\/directories\/./u)).toHaveLength(0);
  });

  it('tells the activity of each of two directories apart', async () => {
    const own = await startBench();
    const { id: organization } = own.organization('Acme Corp');
    const quiet = newDirectory(own.account, organization, 'Quiet');
    const busy = newDirectory(own.account, organization, 'Busy');
    const at = (age: number) => new Date(Date.now() - age).toISOString();
    for (const age of [3 * DAY, 2 * DAY]) {
      const data = { object: 'directory_user', directory_id: busy.id };
      newEvent(own.account, organization, { event: 'dsync.user.updated', created_at: at(age), data });
    }
    const activated = { event: 'dsync.activated', created_at: at(9 * DAY), data: { id: quiet.id } };
    newEvent(own.account, organization, activated);
    const { items } = await own.agent(TOOL, { organization });
    const seen = new Map(items.map(({ id, last_activity_seen }) => [id, last_activity_seen?.slice(0, 16)]));
    expect(seen.get(busy.id)).toBe(at(2 * DAY).slice(0, 16));
    expect(seen.get(quiet.id)).toBe(at(9 * DAY).slice(0, 16));
  });

  it('refuses foreign cursors', async () => {
    const { next_cursor: cursor } = await large.agent(TOOL, { limit: 2 });
    expect(await large.refused(TOOL, { cursor, type: 'okta' })).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(await bench.refused(TOOL, { cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});
