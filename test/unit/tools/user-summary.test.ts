import { describe, expect, it } from 'vitest';
import type { Output } from '../../../src/tools/registry.ts';
import { newDirectory, newGroup, newUser } from './objects.ts';
import { ids, newestFirst, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'list_directory_users';
type Summary = Output<typeof TOOL>;

const statesOf = (bench: Bench, directories: string[]) => {
  const tally: Record<string, number> = {};
  for (const id of directories) {
    for (const { state } of bench.account.usersOf(id)) tally[state] = (tally[state] ?? 0) + 1;
  }
  return tally;
};
const membersOf = (bench: Bench, directory: string) =>
  newestFirst(bench.account.groupsOf(directory)).map(({ id }) => [
    id,
    [...bench.account.membersOf(id)].length,
  ]);
const shown = (items: Summary['items']) => items.map(({ id, members }) => [id, members]);

describe('summary', () => {
  it('gives exact totals by state and by group, without users', async () => {
    const bench = await startBench();
    const { id } = bench.directory('Acme Okta Directory');
    const page = await bench.agent(TOOL, { directory_id: id, summary: true });
    expect(page).toMatchObject({ complete: true, total: 120, by_state: statesOf(bench, [id]) });
    expect(shown(page.items)).toEqual(membersOf(bench, id));
    expect(page.items.map(({ name }) => name)).toContain('IT Admin Group');
    expect(JSON.stringify(page)).not.toContain('@');
  });

  it('counts one group, several directories, and only those who match', async () => {
    const bench = await startBench();
    const { id } = bench.directory('Stark Workday');
    const [group] = bench.account.groupsOf(id);
    const members = [...bench.account.membersOf(group?.id ?? '')];
    const one = await bench.agent(TOOL, { group: group?.name, directory_id: id, summary: true });
    expect(one).toMatchObject({ total: members.length, items: [], complete: true });
    const second = newDirectory(bench.account, bench.organization('Stark Industries').id, 'Second');
    newUser(bench.account, second, { state: 'suspended' });
    const both = await bench.agent(TOOL, { organization: 'Stark Industries', summary: true });
    expect(both).toMatchObject({ total: 19, by_state: statesOf(bench, [id, second.id]) });
    const active = await bench.agent(TOOL, { directory_id: id, summary: true, state: 'active' });
    const isActive = ({ state }: { state: string }) => state === 'active';
    const total = [...bench.account.usersOf(id)].filter(isActive).length;
    expect(active).toMatchObject({ total, by_state: { active: total } });
    expect(shown(active.items)).toEqual(
      newestFirst(bench.account.groupsOf(id)).map((each) => [
        each.id,
        [...bench.account.membersOf(each.id)].filter(isActive).length,
      ]),
    );
  });

  it('stops counting users when time is up, and goes on to the exact totals', async () => {
    const bench = await startBench({ patienceMs: 150 });
    const directory = bench.directory('Umbra Entra ID Directory');
    for (let place = 0; place < 400; place += 1) {
      newUser(bench.account, directory, { state: place % 2 === 0 ? 'active' : 'suspended' });
    }
    bench.sandbox.faults.set({ kind: 'latency', ms: 100, match: ({ path }) => path === '/directory_users' });
    const { items, pages } = await readAll(bench.agent, TOOL, { directory_id: directory.id, summary: true });
    expect(pages.length).toBeGreaterThan(2);
    const [first] = pages;
    expect(first?.complete).toBe(false);
    expect(first?.total).toBe(442);
    expect(Object.values(first?.by_state ?? {}).reduce((sum, count) => sum + count, 0)).toBeLessThan(442);
    expect(pages.at(-1)).toMatchObject({ total: 442, by_state: statesOf(bench, [directory.id]) });
    expect(shown(items)).toEqual(membersOf(bench, directory.id));
  });

  it('gets past a group that takes longer than one call', async () => {
    const bench = await startBench({ patienceMs: 150 });
    const directory = newDirectory(bench.account, bench.organization('Acme Corp').id, 'Large');
    const groups = [newGroup(bench.account, directory, 'All'), newGroup(bench.account, directory, 'None')];
    for (let place = 0; place < 450; place += 1) newUser(bench.account, directory, {}, [groups[0]?.id ?? '']);
    bench.sandbox.faults.set({ kind: 'latency', ms: 100, match: ({ path }) => path === '/directory_users' });
    const { items, pages } = await readAll(bench.agent, TOOL, { directory_id: directory.id, summary: true });
    expect(pages.length).toBeLessThan(20);
    expect(shown(items)).toEqual([
      [groups[1]?.id, 0],
      [groups[0]?.id, 450],
    ]);
  });

  it('shows as many groups as fit into an agent’s result and the others after its cursor', async () => {
    const bench = await startBench();
    const directory = newDirectory(bench.account, bench.organization('Acme Corp').id, 'Wide');
    for (let place = 0; place < 12; place += 1) {
      newGroup(bench.account, directory, `Group ${place} ${'x'.repeat(690)}`);
    }
    newUser(bench.account, directory, {}, ids(bench.account.groupsOf(directory.id)));
    const { items, pages } = await readAll(bench.agent, TOOL, { directory_id: directory.id, summary: true });
    expect(pages.length).toBeGreaterThan(1);
    expect(shown(items)).toEqual(membersOf(bench, directory.id));
    for (const page of pages) expect(page).toMatchObject({ total: 1, by_state: { active: 1 } });
  });

  it('reports progress', async () => {
    const bench = await startBench();
    const told: string[] = [];
    const progress = ({ message }: { message: string }) => void told.push(message);
    const { id } = bench.directory('Acme Okta Directory');
    await bench.agent(TOOL, { directory_id: id, summary: true }, { progress });
    expect(told.slice(0, 2)).toEqual(['Counted 100 users', 'Counted 120 users']);
    expect(told.at(-1)).toBe('Counted the members of 10 of 10 groups');
  });
});
