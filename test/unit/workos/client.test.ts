import { describe, expect, it, vi } from 'vitest';
import type { FaultKind } from '../../../src/sandbox/faults.ts';
import { startUpstream } from '../egress/support.ts';
import { clientOf, connect, first } from './support.ts';

const { sandbox, port, forCall } = await connect();
const { account } = sandbox;
const organization = first(account.organizations);
const never = () => new AbortController().signal;
const silent = () => undefined;

describe('a read', () => {
  it('keeps the raw fields of what it reads', async () => {
    for (const directory of account.directories) {
      expect(await port.directories.get(directory.id)).toEqual(directory);
    }
    const saml = account.connections.filter(({ options }) => typeof options?.signing_cert === 'string');
    expect(saml.length).toBeGreaterThan(0);
    for (const connection of saml) expect(await port.connections.get(connection.id)).toEqual(connection);
  });

  it('brings the right key, and the placeholder never leaves', async () => {
    const seen = await startUpstream((_request, response) => response.end('{"id":"org_1","name":"n"}'));
    const client = clientOf(seen.url, 'sk_test_the_real_one');
    const own = client.forCall({ signal: never(), progress: silent });
    await own.organizations.get('org_1');
    await own.organizations.create({ name: 'n', domain_data: [] });
    expect(seen.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer sk_test_the_real_one',
      'Bearer sk_test_the_real_one',
    ]);
    expect(JSON.stringify(seen.seen.map(({ headers }) => headers))).not.toContain('placeholder');
  });

  it('without a key is NO_API_KEY, and nothing is sent', async () => {
    const keyless = clientOf(sandbox.url, undefined).forCall({ signal: never(), progress: silent });
    await expect(keyless.organizations.get('org_1')).rejects.toMatchObject({ code: 'NO_API_KEY' });
    await expect(keyless.organizations.create({ name: 'n', domain_data: [] })).rejects.toMatchObject({
      code: 'NO_API_KEY',
    });
    expect(sandbox.requests.count()).toBe(0);
  });

  it.each(['a/b', 'a?b=c', 'a#b', '../connections', '%2e%2e', 'a b', 'é', 'a%2Fb'])(
    'keeps the id "%s" within its place in the path',
    async (id) => {
      await expect(port.organizations.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(sandbox.requests.entries.map(({ path }) => path)).toEqual([
        `/organizations/${encodeURIComponent(id)}`,
      ]);
    },
  );

  it.each(['.', '..'])('of the id "%s" reaches no other path', async (id) => {
    await expect(port.organizations.get(id)).rejects.toThrow('path segment');
    await expect(port.organizations.auditLogConfiguration(id)).rejects.toThrow('path segment');
    expect(sandbox.requests.count()).toBe(0);
  });

  it('sends lists comma-joined and leaves out what is not asked', async () => {
    await port.organizations.list({ limit: 5, domains: ['acme.com', 'x.test'], search: undefined });
    const query = sandbox.requests.entries[0]?.query;
    expect(Object.fromEntries(query ?? [])).toEqual({
      limit: '5',
      domains: 'acme.com,x.test',
      order: 'desc',
    });
  });

  it.each<[string, FaultKind, string]>([
    ['a wrong key', { kind: 'status', status: 401, body: { message: 'Unauthorized' } }, 'INVALID_API_KEY'],
    ['a forbidden thing', { kind: 'status', status: 403, body: { message: 'No' } }, 'FORBIDDEN'],
    ['an unknown id', { kind: 'status', status: 404, body: { message: 'No' } }, 'NOT_FOUND'],
    ['a conflict', { kind: 'status', status: 409, body: { message: 'No' } }, 'CONFLICT'],
    ['a refusal', { kind: 'status', status: 422, body: { errors: [] } }, 'INVALID_INPUT'],
    [
      'a rate limit',
      { kind: 'status', status: 429, body: '"Ratelimited"', headers: { 'retry-after': '60' } },
      'RATE_LIMITED',
    ],
    ['an empty page in place of JSON', { kind: 'empty-200-html' }, 'BAD_RESPONSE'],
    ['a page in place of JSON', { kind: 'status', status: 200, body: '<html>' }, 'BAD_RESPONSE'],
    ['another shape', { kind: 'status', status: 200, body: { id: 7 } }, 'BAD_RESPONSE'],
    ['a list in place of an object', { kind: 'status', status: 200, body: [] }, 'BAD_RESPONSE'],
    ['null', { kind: 'status', status: 200, body: 'null' }, 'BAD_RESPONSE'],
  ])('answered with %s is the error it should be, asked once', async (_what, fault, code) => {
    sandbox.faults.set(fault);
    await expect(port.organizations.get(organization.id)).rejects.toMatchObject({ code });
    expect(sandbox.requests.count()).toBe(1);
  });

  it('tells its call of waits', async () => {
    const progress = vi.fn<(progress: { message: string }) => void>();
    sandbox.faults.set({ kind: 'status', status: 429, headers: { 'retry-after': '1.2' }, times: 1 });
    await forCall({ progress }).organizations.get(organization.id);
    expect(progress.mock.calls).toEqual([[{ message: 'WorkOS is busy; trying again in 1.2 s' }]]);
  });
});

describe('identical reads at the same time', () => {
  const slow = () => sandbox.faults.set({ kind: 'latency', ms: 150 });

  it('are one request, and each gets the whole answer', async () => {
    slow();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => forCall().organizations.get(organization.id)),
    );
    expect(all).toEqual(Array.from({ length: 20 }, () => organization));
    expect(sandbox.requests.count()).toBe(1);
  });

  it('are asked again when they are over', async () => {
    await port.organizations.get(organization.id);
    await port.organizations.get(organization.id);
    expect(sandbox.requests.count()).toBe(2);
  });

  it('with other queries are other requests', async () => {
    await Promise.all([1, 2].map((limit) => port.organizations.list({ limit })));
    expect(sandbox.requests.count()).toBe(2);
  });

  it('survive one waiter who gives up', async () => {
    slow();
    const controller = new AbortController();
    const one = forCall({ signal: controller.signal }).organizations.get(organization.id);
    const other = forCall().organizations.get(organization.id);
    await vi.waitFor(() => expect(sandbox.requests.count()).toBe(1));
    controller.abort();
    await expect(one).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await other).toEqual(organization);
    expect(sandbox.requests.count()).toBe(1);
  });

  it('are aborted with the last waiter: the socket closes', async () => {
    const upstream = await startUpstream(() => undefined);
    const client = clientOf(upstream.url, 'sk_test_x');
    const controllers = [new AbortController(), new AbortController()];
    const waiting = controllers.map(({ signal }) =>
      client.forCall({ signal, progress: silent }).organizations.get('org_1'),
    );
    const settled = Promise.allSettled(waiting);
    await vi.waitFor(() => expect(upstream.seen).toHaveLength(1));
    const closed = upstream.allClosed();
    for (const controller of controllers) controller.abort();
    await closed;
    expect(await settled).toMatchObject([
      { status: 'rejected', reason: { code: 'CANCELLED' } },
      { status: 'rejected', reason: { code: 'CANCELLED' } },
    ]);
  });
});

describe('a write', () => {
  const body = { name: 'Written', domain_data: [] };

  it('is sent as it is and never shared', async () => {
    const [one, two] = await Promise.all([port.organizations.create(body), port.organizations.create(body)]);
    expect(one.id).not.toBe(two.id);
    expect(sandbox.requests.count(({ method }) => method === 'POST')).toBe(2);
    expect(account.organizations.map(({ id }) => id)).toEqual(expect.arrayContaining([one.id, two.id]));
  });

  it('is never repeated', async () => {
    sandbox.faults.set({ kind: 'reset-after' });
    await expect(port.organizations.create(body)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(sandbox.requests.count()).toBe(1);
  });
});
