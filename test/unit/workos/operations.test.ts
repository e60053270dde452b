import { describe, expect, it, vi } from 'vitest';
import type { Page, PageQuery } from '../../../src/workos/port.ts';
import { collect, connect, first } from './support.ts';

const { sandbox, port, forCall } = await connect({ organizations: 25 });
const { account } = sandbox;

/** Reads a list to its end; the ids, and how many pages it took. */
async function readAll<T extends { id: string }>(
  limit: number,
  list: (query: PageQuery) => Promise<Page<T>>,
): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await list({ limit, after });
    ids.push(...page.items.map(({ id }) => id));
    ({ after } = page);
    pages += 1;
  } while (after !== undefined);
  return { ids, pages };
}

const newestFirst = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).toReversed();

describe('lists', () => {
  it.each([1, 4, 10, 25, 100])(
    'of organizations, %i at a time, are newest first and complete',
    async (limit) => {
      const { ids } = await readAll(limit, (query) => port.organizations.list(query));
      expect(ids).toEqual(newestFirst(account.organizations));
    },
  );

  it('of connections and directories are complete', async () => {
    const connections = await readAll(7, (query) => port.connections.list(query));
    expect(connections.ids).toEqual(newestFirst(account.connections));
    const directories = await readAll(7, (query) => port.directories.list(query));
    expect(directories.ids).toEqual(newestFirst(account.directories));
  });

  it('of a directory are complete', async () => {
    const directory = first(account.directories.filter(({ metadata }) => metadata.users.active > 100));
    const users = await readAll(20, (query) =>
      port.directoryUsers.list({ ...query, directory: directory.id, rate_limited_by: directory.id }),
    );
    expect(users.ids).toEqual(newestFirst([...account.usersOf(directory.id)]));
    const groups = await readAll(2, (query) =>
      port.directoryGroups.list({ ...query, directory: directory.id }),
    );
    expect(groups.ids).toEqual(newestFirst(account.groupsOf(directory.id)));
  });
});

it('asks for users within the rate limit of their directory, which is not sent', async () => {
  const progress = vi.fn<(progress: { message: string }) => void>();
  const { id: directory } = first(account.directories);
  const own = forCall({ progress });
  await Promise.all(
    [1, 2, 3, 4, 5].map((limit) => own.directoryUsers.list({ limit, directory, rate_limited_by: 'shared' })),
  );
  expect(progress.mock.calls).toEqual([[{ message: expect.stringContaining('rate limit') as string }]]);
  expect(sandbox.requests.count(({ query }) => query.has('rate_limited_by'))).toBe(0);
});

describe('the audit-log configuration', () => {
  it('is that of the organization, or undefined when there is none', async () => {
    const [id, configuration] = first([...account.auditConfigurations]);
    expect(await port.organizations.auditLogConfiguration(id)).toEqual(configuration);
    expect(await port.organizations.auditLogConfiguration('org_none')).toBeUndefined();
  });

  it('hides no other failure', async () => {
    sandbox.faults.set({ kind: 'status', status: 403 });
    await expect(port.organizations.auditLogConfiguration('org_1')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('an audit-log export', () => {
  const owner = first(account.organizations.filter(({ id }) => account.auditRowsOf(id).length > 50));
  const range = {
    organization_id: owner.id,
    range_start: new Date(Date.now() - 20 * 86_400_000).toISOString(),
    range_end: new Date().toISOString(),
  };
  const posts = () => sandbox.requests.count(({ method }) => method === 'POST');

  async function ready(id: string) {
    return vi.waitFor(
      async () => {
        const found = await port.auditLogExports.get(id);
        expect(found.state).toBe('ready');
        return found;
      },
      { timeout: 5_000 },
    );
  }

  it('is made once per key, read until ready, and streamed without the key', async () => {
    const opened = await port.auditLogExports.open('k1', range);
    expect(await port.auditLogExports.open('k1', range)).toEqual(opened);
    expect(port.auditLogExports.find(opened?.id ?? '')).toEqual(opened);
    expect(posts()).toBe(1);
    expect(opened).toMatchObject({ key: 'k1', range_start: range.range_start, range_end: range.range_end });
    const rows = await collect(port.auditLogExports.rows(await ready(opened?.id ?? '')));
    const truth = account.auditRowsOf(owner.id).filter((row) => row.occurred_at >= range.range_start);
    expect(rows.map((row) => [row['action'], row['occurred_at'], row['actor_id']])).toEqual(
      truth.map((row) => [row.action, row.occurred_at, row.actor.id]),
    );
    const downloads = sandbox.requests.entries.filter(({ path }) => path.includes('downloads'));
    expect(downloads.map(({ authorization, status }) => [authorization, status])).toEqual([[false, 200]]);
  });

  it('of another key is another one', async () => {
    const one = await port.auditLogExports.open('k2', range);
    const two = await port.auditLogExports.open('k3', range);
    expect(one?.id).not.toBe(two?.id);
  });

  it('of an empty range is undefined, and asked for again next time', async () => {
    const empty = { ...range, actions: ['nothing.ever'] };
    expect(await port.auditLogExports.open('k4', empty)).toBeUndefined();
    expect(await port.auditLogExports.open('k4', empty)).toBeUndefined();
    expect(posts()).toBe(2);
  });

  it('that failed is made anew', async () => {
    const opened = await port.auditLogExports.open('k5', range);
    sandbox.faults.set({ kind: 'status', status: 200, body: { id: opened?.id, state: 'error' }, times: 1 });
    expect(await port.auditLogExports.get(opened?.id ?? '')).toMatchObject({ state: 'error' });
    expect((await port.auditLogExports.open('k5', range))?.id).not.toBe(opened?.id);
  });

  it('is created again after a reset, since that does no harm', async () => {
    sandbox.faults.set({ kind: 'reset', times: 1 });
    expect(await port.auditLogExports.open('k6', range)).toHaveProperty('id');
    expect(posts()).toBe(2);
  });

  it('cannot be streamed before it is ready', async () => {
    const rows = port.auditLogExports.rows({
      id: 'x',
      state: 'pending',
      url: undefined,
      created_at: undefined,
    });
    await expect(collect(rows)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
