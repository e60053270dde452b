import { beforeAll, describe, expect, it } from 'vitest';
import { newDirectory, newUser } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'list_directory_users';
const ORGANIZATION = 'Stark Industries';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
  const { id } = bench.organization(ORGANIZATION);
  const second = newDirectory(bench.account, id, 'Second');
  for (let place = 0; place < 12; place += 1) {
    newUser(bench.account, second, {
      name: `Second ${place}`,
      state: place % 3 === 0 ? 'suspended' : 'active',
    });
  }
  newDirectory(bench.account, id, 'Empty');
  newUser(bench.account, newDirectory(bench.account, id, 'Third'), {
    name: 'Third',
    email: 'third@x.example',
  });
});

/** Directory by directory, as the tool reads them. */
const truth = () =>
  newestFirst(bench.account.directories)
    .filter(({ organization_id }) => organization_id === bench.organization(ORGANIZATION).id)
    .flatMap(({ id }) => newestFirst(bench.account.usersOf(id)));

describe('the users of an organization with several directories', () => {
  it.each([1, 4, 100])('are all shown once, by %i, directory by directory, with its id', async (limit) => {
    const { items, pages } = await readAll(bench.agent, TOOL, { organization: ORGANIZATION, limit });
    expect(ids(items)).toEqual(ids(truth()));
    expect(items.map(({ directory_id }) => directory_id)).toEqual(truth().map((user) => user.directory_id));
    expect(pages[0]?.total).toBe(31);
  });

  it('are filtered across the directories, with a total', async () => {
    const { items, pages } = await readAll(bench.agent, TOOL, {
      organization: ORGANIZATION,
      state: 'suspended',
      limit: 3,
    });
    const found = truth().filter(({ state }) => state === 'suspended');
    expect(found.length).toBeGreaterThan(3);
    expect(ids(items)).toEqual(ids(found));
    expect(pages.at(-1)?.total).toBe(found.length);
    const counted = await bench.agent(TOOL, {
      organization: ORGANIZATION,
      state: 'suspended',
      limit: 1,
      count: true,
    });
    expect(counted).toMatchObject({ total: found.length, complete: false });
  });

  it('are found by email in whichever directory they are', async () => {
    for (const email of ['third@x.example', truth().at(-1)?.email ?? '']) {
      const page = await bench.agent(TOOL, { organization: ORGANIZATION, email });
      expect(page.items.map((user) => user.email)).toEqual([email]);
      expect(page.complete).toBe(true);
    }
  });

  it('are none where there is no directory', async () => {
    const page = await bench.agent(TOOL, { organization: 'Nordwind Logistics' });
    expect(page).toMatchObject({ items: [], complete: true, total: 0 });
  });
});
