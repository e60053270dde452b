import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApprovals } from '../../../src/access/approvals.ts';
import { recordCalls, type Rules } from '../../../src/audit/record-calls.ts';
import type { Caller } from '../../../src/gateway/caller.ts';
import type { Gateway } from '../../../src/gateway/gateway.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { keepingLogger } from '../gateway/support.ts';
import { auditOf, INTACT, newHome, recordsOf, trailIn, verdictOn } from './support.ts';

const CREATE = 'create_workos_organization';
const AGENT = {
  kind: 'agent',
  session: 'session-1',
  client: { name: 'Claude', version: '2' },
  token: { id: 'tok_0a', name: 'Build\u0007bot', scope: { readOnly: false } },
} satisfies Caller;
const RULES: Rules = { server: '0.1.0', contract: 'c'.repeat(64), policy: () => 'd'.repeat(64) };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

/** What is recorded of calls: the bodies of intents and outcomes by turns. */
async function recorded(
  work: (gateway: Gateway, approvals: ReturnType<typeof createApprovals>) => Promise<unknown>,
  mode: 'always' | 'never' = 'never',
) {
  const dir = newHome();
  const trail = await trailIn(dir);
  const store = createApprovals(dir);
  const { url, apiKey } = sandbox;
  const gateway = createRuntime({
    account: { baseUrl: url, apiKey, name: 'Sample account', kind: 'sandbox' },
    policy: () => ({}),
    limits: { idleMs: 30_000, totalMs: 120_000 },
    observers: [],
    logger: keepingLogger(),
    executor: inProcess,
    approvals: { mode: () => mode, store },
    audit: (environment) => recordCalls(trail, environment, RULES),
  });
  await work(gateway, store);
  await trail.close();
  expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  return recordsOf(dir)
    .slice(1, -1)
    .map(({ body }) => body);
}

describe('of a call is recorded', () => {
  it('the connection token it came with, but not its scope', async () => {
    const [intent] = await recorded((gateway) => gateway.invoke('list_directories', {}, AGENT));
    expect(intent).toMatchObject({ caller: { token: { id: 'tok_0a', name: 'Build bot' } } });
    expect(JSON.stringify(intent)).not.toContain('scope');
  });

  it('which organizations, connections and directories it names', async () => {
    const { id } = sandbox.account.organizations[0]!;
    const [intent, outcome] = await recorded((gateway) =>
      gateway.invoke('list_sso_connections', { organization: id }, AGENT),
    );
    const connections = sandbox.account.connections.filter(({ organization_id }) => organization_id === id);
    expect(connections.length).toBeGreaterThan(0);
    expect(intent!['resources']).toEqual([id]);
    expect(outcome!['resources']).toEqual(
      expect.arrayContaining([id, ...connections.map((each) => each.id)]),
    );
    expect(new Set(outcome!['resources'] as string[]).size).toBe((outcome!['resources'] as string[]).length);
  });

  it('each request that went to WorkOS, those that were tried again included', async () => {
    sandbox.faults.set({ kind: 'status', status: 429, headers: { 'retry-after': '0' }, times: 1 });
    const { id } = sandbox.account.directories[0]!;
    const [, outcome] = await recorded((gateway) =>
      gateway.invoke('get_directory_details', { directory_id: id }, AGENT),
    );
    const upstream = outcome!['upstream'] as { method: string; path: string; status: number }[];
    expect(outcome!['upstream_count']).toBe(upstream.length);
    expect(upstream.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(upstream).toContainEqual({
      method: 'GET',
      path: `/directories/${id}`,
      status: 200,
      request_id: expect.stringMatching(/^req_\w{26}$/u),
    });
    expect(JSON.stringify(upstream)).not.toContain('?');
  });

  it('a request that nothing came back of', async () => {
    sandbox.faults.set({ kind: 'reset', match: ({ method }) => method === 'POST' });
    const [, outcome] = await recorded((gateway) =>
      gateway.invoke(CREATE, { name: 'Lost Ltd', domains: ['lost.example'] }, AGENT),
    );
    expect(outcome).toMatchObject({ status: 'OUTCOME_UNKNOWN' });
    expect(outcome!['upstream']).toContainEqual({ method: 'POST', path: '/organizations' });
  });

  it('no name that a tenant chose, though it stands in a path', async () => {
    const [, outcome] = await recorded((gateway) =>
      gateway.invoke(
        CREATE,
        { name: 'Pine', domains: ['pine.example'], external_id: 'jane.doe@example.com' },
        AGENT,
      ),
    );
    expect(outcome!['upstream']).toContainEqual(
      expect.objectContaining({ path: '/organizations/external_id/:id' }),
    );
    expect(JSON.stringify(outcome)).not.toContain('jane');
  });

  it('no header of an answer that is not an id', async () => {
    const headers = { 'x-request-id': `leaked ${sandbox.apiKey}` };
    sandbox.faults.set({ kind: 'status', status: 404, body: { message: 'x' }, headers, times: 1 });
    const [, outcome] = await recorded((gateway) => gateway.invoke('list_directories', {}, AGENT));
    expect(outcome!['upstream']).toEqual([{ method: 'GET', path: '/directories', status: 404 }]);
  });

  it('how much of what was found is in the answer', async () => {
    const directory = sandbox.account.directories.find(({ name }) => name.includes('Umbra'))!;
    const [, outcome] = await recorded((gateway) =>
      gateway.invoke('list_directory_users', { directory_id: directory.id, limit: 5 }, AGENT),
    );
    expect(outcome).toMatchObject({ rows: 5, complete: false });
  });
});

describe('of a change that takes a yes is recorded', () => {
  const input = { name: 'Approved Ltd', domains: ['approved.example'] };
  const ask = (gateway: Gateway, confirm?: () => Promise<boolean>) =>
    gateway.invoke(CREATE, input, AGENT, confirm && { confirm });

  it.each([
    ['given', true, 'confirm', 'ok'],
    ['denied', false, 'deny', 'DECLINED'],
  ])('that it was %s at the client', async (state, yes, decision, status) => {
    const [, outcome] = await recorded((gateway) => ask(gateway, async () => yes), 'always');
    expect(outcome).toMatchObject({ status, decision, approvals: [{ state, by: 'client' }] });
  });

  it('that nobody answered', async () => {
    const [, outcome] = await recorded(
      (gateway) => ask(gateway, () => Promise.reject(new Error('gone'))),
      'always',
    );
    expect(outcome).toMatchObject({ approvals: [{ state: 'denied', by: 'client' }] });
  });

  it('under which code it was asked for, and where the yes was given', async () => {
    const bodies = await recorded(async (gateway, approvals) => {
      await ask(gateway);
      await approvals.approve(approvals.pending()[0]!.code, 'terminal');
      await gateway.invoke(CREATE, { name: 'Another Ltd', domains: ['another.example'] }, AGENT);
      await ask(gateway, async () => true);
    }, 'always');
    const [, asked, , other, , done] = bodies;
    const [{ code }] = asked!['approvals'] as [{ code: string }];
    expect(asked).toMatchObject({ decision: 'deny', approvals: [{ state: 'asked', code }] });
    expect(other).toMatchObject({ decision: 'deny', approvals: [{ state: 'asked' }] });
    expect(done).toMatchObject({ decision: 'confirm' });
    expect(done!['approvals']).toContainEqual({ state: 'given', by: 'terminal', code });
  });
});
