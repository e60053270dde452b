import { expect, it, vi } from 'vitest';
import { startBench } from '../tools/support.ts';

it('trees wait for agents that asked later, when all wait for the same directory', async () => {
  const bench = await startBench();
  const { agent, tree, account } = bench;
  const directory_id = account.directories.find(({ metadata }) => metadata.users.active > 20)!.id;
  const users = (limit: number) => ({ directory_id, limit });
  const asked = () =>
    bench.requests('GET', '/directory_users').map(({ query }) => Number(query.get('limit')));
  // Each of them makes one request; four are free.
  await Promise.all([1, 2, 3, 4].map((limit) => tree('list_directory_users', users(limit))));
  expect(asked()).toHaveLength(4);
  const progress = vi.fn<() => void>();
  const trees = [11, 12, 13, 14].map((limit) => tree('list_directory_users', users(limit), { progress }));
  await vi.waitFor(() => expect(progress).toHaveBeenCalledTimes(4));
  const agents = [21, 22, 23, 24].map((limit) => agent('list_directory_users', users(limit)));
  await Promise.all([...trees, ...agents]);
  const byAgents = asked().slice(4, 8);
  expect(byAgents.every((limit) => limit > 20)).toBe(true);
});
