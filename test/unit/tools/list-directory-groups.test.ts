import { beforeAll, describe, expect, it } from 'vitest';
import { newDirectory, newGroup, newUser } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'list_directory_groups';
let bench: Bench;
let crowd: string;

beforeAll(async () => {
  bench = await startBench();
  const directory = newDirectory(bench.account, bench.organization('Acme Corp').id, 'Crowd');
  crowd = directory.id;
  for (let place = 0; place < 120; place += 1) newGroup(bench.account, directory, `Group ${place}`);
});

const acme = () => bench.directory('Acme Okta Directory').id;
const groups = (directory: string) => newestFirst(bench.account.groupsOf(directory));

describe('list_directory_groups', () => {
  it('shows the groups of a directory', async () => {
    const page = await bench.agent(TOOL, { directory_id: acme() });
    expect(page.items).toEqual(
      groups(acme()).map(({ object: _object, organization_id: _owner, ...shown }) => shown),
    );
    expect(page).toMatchObject({ complete: true, total: 10 });
    expect(page.scanned).toBeUndefined();
  });

  it('shows the groups of a user, alone or within a directory', async () => {
    const john = newestFirst(bench.account.usersOf(acme())).find(({ name }) => name === 'John Doe');
    const user_id = john?.id ?? '';
    const truth = newestFirst(bench.account.peopleOf(acme()).groupsOfUser(user_id));
    const page = await bench.agent(TOOL, { user_id });
    expect(ids(page.items)).toEqual(ids(truth));
    expect(page.items.map(({ name }) => name)).toContain('IT Admin Group');
    expect(page.total).toBe(truth.length);
    const within = await bench.agent(TOOL, { user_id, directory_id: acme() });
    expect(ids(within.items)).toEqual(ids(truth));
    expect(await bench.agent(TOOL, { user_id, directory_id: crowd })).toMatchObject({ items: [], total: 0 });
  });

  it('searches the name, whatever the case', async () => {
    const page = await bench.agent(TOOL, { directory_id: acme(), search: 'ADMIN' });
    expect(page.items.map(({ name }) => name)).toEqual(['IT Admin Group']);
    expect(page).toMatchObject({ complete: true, total: 1, scanned: 10 });
    expect(await bench.agent(TOOL, { directory_id: acme(), search: 'none' })).toMatchObject({ items: [] });
  });

  it.each([1, 7, 100])('pages to the end by %i', async (limit) => {
    const directory_id = limit === 1 ? acme() : crowd;
    for (const ask of [bench.agent, bench.person]) {
      const { items, pages } = await readAll(ask, TOOL, { directory_id, limit });
      expect(ids(items)).toEqual(ids(groups(directory_id)));
      for (const page of pages) expect(page.total).toBe(groups(directory_id).length);
    }
    const { items } = await readAll(bench.agent, TOOL, { directory_id: crowd, limit, search: '9' });
    expect(ids(items)).toEqual(ids(groups(crowd).filter(({ name }) => name.includes('9'))));
  });

  it('counts matches on demand', async () => {
    const input = { directory_id: crowd, search: 'group 1', limit: 2 };
    expect((await bench.agent(TOOL, input)).total).toBeUndefined();
    expect(await bench.agent(TOOL, { ...input, count: true })).toMatchObject({ total: 31, complete: false });
  });

  it('counts members of the groups shown, one request each', async () => {
    const own = await startBench();
    const directory = own.directory('Stark Workday');
    own.sandbox.requests.clear();
    const page = await own.agent(TOOL, { directory_id: directory.id, member_counts: true, limit: 2 });
    expect(page.items).toHaveLength(2);
    for (const { id, members } of page.items) {
      expect(members).toBe([...own.account.membersOf(id)].length);
    }
    expect(own.requests('GET', '/directory_users')).toHaveLength(2);
    expect((await own.agent(TOOL, { directory_id: directory.id, limit: 2 })).items[0]).not.toHaveProperty(
      'members',
    );
  });

  it('counts 100 members, and 100+ beyond', async () => {
    const own = await startBench();
    const directory = newDirectory(own.account, own.organization('Acme Corp').id, 'Big');
    const hundred = newGroup(own.account, directory, 'Hundred');
    const more = newGroup(own.account, directory, 'More');
    const none = newGroup(own.account, directory, 'None');
    for (let place = 0; place < 101; place += 1) {
      newUser(own.account, directory, {}, place === 0 ? [more.id] : [more.id, hundred.id]);
    }
    const { items } = await own.agent(TOOL, { directory_id: directory.id, member_counts: true });
    expect(items.map(({ id, members }) => [id, members])).toEqual([
      [none.id, 0],
      [more.id, '100+'],
      [hundred.id, 100],
    ]);
  });

  it('needs a directory or a user, and refuses what does not exist and foreign cursors', async () => {
    expect(await bench.refused(TOOL)).toMatchObject({
      code: 'INVALID_INPUT',
      hint: expect.stringContaining('list_directories'),
    });
    expect(await bench.refused(TOOL, { directory_id: 'directory_01NO' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const { next_cursor: cursor } = await bench.agent(TOOL, { directory_id: crowd, limit: 2 });
    for (const input of [{ directory_id: acme() }, { directory_id: crowd, search: 'a' }]) {
      expect(await bench.refused(TOOL, { ...input, cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
  });
});
