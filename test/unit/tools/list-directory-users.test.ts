import { beforeAll, describe, expect, it } from 'vitest';
import { newDirectory, newGroup, newUser } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'list_directory_users';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

const acme = () => bench.directory('Acme Okta Directory').id;
const users = (directory = acme(), source = bench) => newestFirst(source.account.usersOf(directory));
const group = (name: string) => bench.account.groupsOf(acme()).find((each) => each.name === name)?.id ?? '';

describe('list_directory_users', () => {
  it('shows the users of a directory, newest first, with the total its metadata tells', async () => {
    const page = await bench.agent(TOOL, { directory_id: acme() });
    expect(page).toMatchObject({ complete: false, total: 120 });
    expect(page.items).toEqual(
      users()
        .slice(0, 20)
        .map(({ id, name, email, state, role, created_at }) => ({
          id,
          name,
          email,
          state,
          created_at,
          roles: [role.slug],
        })),
    );
    expect(page.items.slice(0, 3).map(({ name }) => name)).toEqual([
      'John Doe',
      'Jane Smith',
      'Robert Brown',
    ]);
  });

  it.each([
    ['its id', () => ({ group: group('IT Admin Group') })],
    ['its id, with the directory', () => ({ group: group('IT Admin Group'), directory_id: acme() })],
    ['its name in the directory', () => ({ group: 'it admin group', directory_id: acme() })],
    ['its name in the organization', () => ({ group: 'IT Admin Group', organization: 'Acme Corp' })],
  ])('shows the members of a group by %s', async (_by, input) => {
    const page = await bench.agent(TOOL, input());
    expect(ids(page.items)).toEqual(ids(newestFirst(bench.account.membersOf(group('IT Admin Group')))));
    expect(page).toMatchObject({ complete: true, total: 6 });
  });

  it('finds a person by email in the organization, with what is known of them', async () => {
    const page = await bench.agent(TOOL, { organization: 'acme.com', email: 'JOHN@acme.com' });
    const [john] = users();
    expect(page).toMatchObject({ complete: true, total: 1 });
    expect(page.items).toEqual([
      {
        id: john?.id,
        name: 'John Doe',
        email: 'john@acme.com',
        state: 'active',
        directory_id: acme(),
        idp_id: john?.idp_id,
        created_at: john?.created_at,
        roles: [john?.role.slug],
        custom_attributes: john?.custom_attributes,
      },
    ]);
    const nobody = await bench.agent(TOOL, { organization: 'acme.com', email: 'nobody@acme.com' });
    expect(nobody).toMatchObject({ items: [], complete: true, total: 0 });
  });

  it('finds the email itself where the API does not know the parameter', async () => {
    const own = await startBench();
    own.sandbox.faults.set({
      kind: 'latency',
      ms: 0,
      match: ({ query }) => {
        query.delete('email');
        return false;
      },
    });
    const page = await own.agent(TOOL, { organization: 'acme.com', email: 'jane@acme.com' });
    expect(page.items.map(({ name }) => name)).toEqual(['Jane Smith']);
    expect(page).toMatchObject({ complete: true, total: 1, scanned: 120 });
  });

  it.each([
    [{ state: 'inactive' }, (user: { state: string }) => user.state === 'inactive'],
    [{ search: 'SMITH' }, (user: { name: string | null }) => /smith/iu.test(user.name ?? '')],
    [{ search: 'robert@' }, (user: { email: string | null }) => user.email?.startsWith('robert@') === true],
    [{ search: 'a', state: 'suspended' }, (user: { state: string }) => user.state === 'suspended'],
  ])('filters by %j while it reads', async (filters, keep) => {
    const page = await bench.person(TOOL, { directory_id: acme(), limit: 100, ...filters });
    const truth = users().filter((user) => keep(user));
    expect(truth.length).toBeGreaterThan(0);
    expect(ids(page.items)).toEqual(ids(truth));
    expect(page).toMatchObject({ complete: true, total: truth.length, scanned: 120 });
  });

  it('shows the groups of each user on demand', async () => {
    const { items } = await bench.agent(TOOL, { directory_id: acme(), limit: 3, include_groups: true });
    for (const { id, groups } of items) {
      const truth = newestFirst(bench.account.peopleOf(acme()).groupsOfUser(id)).map(({ name }) => name);
      expect(groups).toEqual(truth);
    }
    expect(items[0]?.groups).toContain('IT Admin Group');
  });

  it.each([
    [7, 'Acme Okta Directory'],
    [100, 'Acme Okta Directory'],
    [1, 'Stark Workday'],
  ])('pages to the end by %i: %s', async (limit, name) => {
    const own = await startBench();
    const directory_id = own.directory(name).id;
    const truth = ids(users(directory_id, own));
    for (const ask of limit === 100 ? [own.agent, own.person] : [own.person]) {
      const { items, pages } = await readAll(ask, TOOL, { directory_id, limit });
      expect(ids(items)).toEqual(truth);
      for (const page of pages) expect(page.total).toBe(truth.length);
    }
    if (limit !== 100) return;
    const { items, pages } = await readAll(own.agent, TOOL, { directory_id, limit: 9, search: 'an' });
    const found = users(directory_id, own).filter((user) => `${user.name}\n${user.email}`.includes('an'));
    expect(ids(items)).toEqual(ids(found));
    expect(pages.at(-1)?.total).toBe(found.length);
  });

  it('counts on demand, beyond the page', async () => {
    const input = { directory_id: acme(), state: 'inactive', limit: 1 };
    const total = users().filter(({ state }) => state === 'inactive').length;
    expect(await bench.agent(TOOL, { ...input, count: true })).toMatchObject({ total, complete: false });
  });

  it('refuses foreign cursors, unknown ids and nothing to look in', async () => {
    const { next_cursor: cursor } = await bench.agent(TOOL, { directory_id: acme(), limit: 2 });
    for (const input of [{ directory_id: acme(), state: 'active' }, { organization: 'Acme Corp' }]) {
      expect(await bench.refused(TOOL, { ...input, cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
    const groups = await bench.agent('list_directory_groups', { directory_id: acme(), limit: 2 });
    const foreign = { directory_id: acme(), cursor: groups.next_cursor };
    expect(await bench.refused(TOOL, foreign)).toMatchObject({ code: 'INVALID_CURSOR' });
    const hint = expect.stringContaining('list_directories');
    expect(await bench.refused(TOOL)).toMatchObject({ code: 'INVALID_INPUT', hint });
    expect(await bench.refused(TOOL, { group: 'IT Admin Group' })).toMatchObject({
      code: 'INVALID_INPUT',
      hint,
    });
    expect(await bench.refused(TOOL, { directory_id: 'directory_01NO' })).toMatchObject({
      code: 'NOT_FOUND',
      hint,
    });
    expect(await bench.refused(TOOL, { directory_id: acme(), group: 'Nobody' })).toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('list_directory_groups'),
    });
  });

  it('lists the groups of an ambiguous name, within a directory and across two', async () => {
    const own = await startBench();
    const first = own.directory('Acme Okta Directory');
    const second = newDirectory(own.account, first.organization_id, 'Second');
    const twins = [newGroup(own.account, first, 'Twins'), newGroup(own.account, second, 'TWINS')];
    const error = await own.refused(TOOL, { organization: 'Acme Corp', group: 'twins' });
    expect(error.code).toBe('AMBIGUOUS');
    for (const { id, directory_id } of twins) expect(error.message).toContain(`${id} (in ${directory_id})`);
    const within = await own.agent(TOOL, { directory_id: second.id, group: 'twins' });
    expect(within).toMatchObject({ items: [], complete: true, total: 0 });
    newUser(own.account, second, { name: 'Only One' }, [twins[1]?.id ?? '']);
    const { items } = await own.agent(TOOL, { group: twins[1]?.id });
    expect(items.map(({ name }) => name)).toEqual(['Only One']);
  });

  it('counts the members of a group by name against the limit of its directory', async () => {
    const own = await startBench();
    const { id: directory_id } = own.directory('Acme Okta Directory');
    const of = (filters: object) => readAll(own.person, TOOL, { directory_id, limit: 1, ...filters });
    const [members] = await Promise.all([
      of({ group: 'IT Admin Group' }),
      ...['john', 'jane', 'robert'].map((name) => of({ email: `${name}@acme.com` })),
    ]);
    expect(members.items).toHaveLength(6);
    expect(own.requests('GET', '/directory_users').filter(({ status }) => status === 429)).toEqual([]);
  });
});
