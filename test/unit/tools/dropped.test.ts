import { beforeAll, describe, expect, it } from 'vitest';
import { newConnection, newDirectory, newOrganization, newUser } from './objects.ts';
import { ids, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

let bench: Bench;
let organization: string;
beforeAll(async () => {
  bench = await startBench();
  organization = newOrganization(bench.account, 'Odd').id;
});

describe('a record that does not fit', () => {
  it('costs a list itself alone, and the list says so', async () => {
    const all = bench.account.organizations.toReversed();
    const data = [all[0], { name: 'no id' }, 'x', all[1]];
    const body = { object: 'list', data, list_metadata: { after: all[1]?.id } };
    bench.sandbox.faults.set({ kind: 'status', status: 200, body, times: 1 });
    const page = await bench.agent('list_workos_organizations', { limit: 4 });
    expect(page).toMatchObject({ dropped: 2, complete: false });
    expect(ids(page.items)).toEqual(all.slice(0, 4).map(({ id }) => id));
    const more = await bench.agent('list_workos_organizations', { limit: 4, cursor: page.next_cursor });
    expect(more.items[0]?.id).toBe(all[4]?.id);
    expect(more).not.toHaveProperty('dropped');
  });

  it('is told to a person, too', async () => {
    const body = { object: 'list', data: [null, { id: 'org_1' }] };
    bench.sandbox.faults.set({ kind: 'status', status: 200, body, times: 1 });
    expect(await bench.person('list_workos_organizations')).toMatchObject({
      dropped: 1,
      items: [{ id: 'org_1' }],
    });
  });

  it('loses no other on the way to the end', async () => {
    const directory = newDirectory(bench.account, organization, 'Odd');
    const users = Array.from({ length: 45 }, () => newUser(bench.account, directory));
    for (const [place, user] of users.entries()) {
      if (place % 10 === 3) Object.assign(user, { roles: [{ slug: 7 }, { slug: 'member' }, null] });
    }
    const { items, pages } = await readAll(bench.agent, 'list_directory_users', {
      directory_id: directory.id,
      limit: 15,
    });
    expect(ids(items)).toEqual(ids(users.toReversed()));
    expect(items.filter(({ roles }) => roles?.join() === 'member')).toHaveLength(45);
    expect(pages.reduce((sum, { dropped = 0 }) => sum + dropped, 0)).toBe(5 * 2);
  });

  it('within a detail costs the detail that entry alone', async () => {
    const odd = newConnection(bench.account, organization, { name: 'Odd' });
    Object.assign(odd, { domains: [{ domain: 'a.example' }, { domain: null }, 7] });
    const details = await bench.agent('get_sso_connection_details', { connection_id: odd.id });
    expect(details).toMatchObject({ dropped: 2, domains: [{ domain: 'a.example' }], totals: { domains: 1 } });
    const section = { connection_id: odd.id, section: 'domains' };
    expect(await bench.agent('get_sso_connection_details', section)).toMatchObject({ dropped: 2, total: 1 });
  });

  it('costs a detail everything when it is the detail itself', async () => {
    bench.sandbox.faults.set({ kind: 'status', status: 200, body: { name: 'no id' }, times: 1 });
    expect(await bench.refused('get_directory_details', { directory_id: 'directory_1' })).toMatchObject({
      code: 'BAD_RESPONSE',
    });
  });
});
