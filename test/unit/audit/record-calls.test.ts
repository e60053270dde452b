import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical, sha256 } from '../../../src/audit/canonical.ts';
import { recordCalls, type Rules } from '../../../src/audit/record-calls.ts';
import type { Trail } from '../../../src/audit/trail.ts';
import type { Caller } from '../../../src/gateway/caller.ts';
import { createGateway, type Gateway } from '../../../src/gateway/gateway.ts';
import type { Policy } from '../../../src/gateway/policy.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';
import { keepingLogger } from '../gateway/support.ts';
import { auditOf, filesOf, INTACT, newHome, recordsOf, trailIn, verdictOn } from './support.ts';

const AGENT: Caller = {
  kind: 'agent',
  session: 'session-1',
  client: { name: 'Claude\u001b[2J\nCode', version: '2' },
};
const PERSON: Caller = { kind: 'person', surface: 'terminal' };
const RULES: Rules = { server: '0.1.0', contract: 'c'.repeat(64), policy: () => 'd'.repeat(64) };
const LIMITS = { idleMs: 30_000, totalMs: 120_000 };
const READ_ONLY: Policy = { readOnly: { reason: 'a test says so', hint: 'End it.' } };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

function gatewayOn(trail: Trail, policy: Policy = {}): Gateway {
  const { url, apiKey } = sandbox;
  return createRuntime({
    account: { baseUrl: url, apiKey, name: 'Sample account', kind: 'sandbox' },
    policy: () => policy,
    limits: LIMITS,
    observers: [],
    logger: keepingLogger(),
    executor: inProcess,
    approvals: { mode: () => 'never' },
    audit: (environment) => recordCalls(trail, environment, RULES),
  });
}

async function recorded(work: (gateway: Gateway) => Promise<unknown>, policy?: Policy) {
  const dir = newHome();
  const trail = await trailIn(dir);
  await work(gatewayOn(trail, policy));
  await trail.close();
  expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  const text = readFileSync(filesOf(dir)[0]!, 'utf8');
  return { text, records: recordsOf(dir).slice(1, -1) };
}

describe('a call', () => {
  it('that changes the account is recorded whole by the time it is answered', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    const input = { name: 'Whole', domains: ['whole.example'] };
    const kinds = await gatewayOn(trail)
      .invoke('create_workos_organization', input, AGENT)
      .then(() => recordsOf(dir).map(({ kind }) => kind));
    expect(kinds).toEqual(['start', 'intent', 'outcome']);
    await trail.close();
  });

  it('is recorded as wanted before, and as ended after, with digests for values', async () => {
    let answer: unknown;
    const { records } = await recorded(async (gateway) => {
      const outcome = await gateway.invoke('list_workos_organizations', { search: 'Acme' }, AGENT);
      answer = outcome.ok ? outcome.value : undefined;
    });
    const [intent, outcome] = records;
    expect(intent).toMatchObject({
      kind: 'intent',
      body: {
        tool: 'list_workos_organizations',
        verb: 'query',
        caller: { kind: 'agent', session: 'session-1', client: { name: 'Claude [2J Code', version: '2' } },
        environment: { id: expect.stringMatching(/^[\w-]{16}$/u), kind: 'sandbox' },
        os_user: expect.stringMatching(/./u),
        server: '0.1.0',
        contract: 'c'.repeat(64),
        policy: 'd'.repeat(64),
        args_hmac: expect.stringMatching(/^[0-9a-f]{64}$/u),
        args_bytes: 17,
      },
    });
    expect(outcome).toMatchObject({
      kind: 'outcome',
      body: {
        intent: intent!.seq,
        tool: 'list_workos_organizations',
        status: 'ok',
        decision: 'allow',
        ms: expect.any(Number),
        bytes: JSON.stringify(answer).length,
        result_hash: sha256(canonical(answer)),
        redactions: [],
      },
    });
  });

  it('never has a value of its arguments or its result in the file', async () => {
    const { text } = await recorded(async (gateway) => {
      await gateway.invoke('list_workos_organizations', { search: 'Acme Corp' }, AGENT);
      await gateway.invoke(
        'create_workos_organization',
        { name: 'Canary Ltd', domains: ['canary.example'] },
        AGENT,
      );
      await gateway.invoke('list_directory_users', { directory: 'no such directory' }, PERSON);
    });
    for (const value of ['Acme', 'Canary', 'canary.example', 'no such', sandbox.apiKey])
      expect(text).not.toContain(value);
  });

  it('of the same arguments has the same digest in one chain, and no plain hash', async () => {
    const ask = async (gateway: Gateway) => {
      await gateway.invoke('list_workos_organizations', { search: 'a', limit: 1 }, AGENT);
      await gateway.invoke('list_workos_organizations', { limit: 1, search: 'a' }, AGENT);
    };
    const [one, two] = [await recorded(ask), await recorded(ask)];
    const digests = one.records.filter(({ kind }) => kind === 'intent').map(({ body }) => body['args_hmac']);
    expect(digests[0]).toBe(digests[1]);
    expect(digests).not.toContain(two.records[0]!.body['args_hmac']);
    expect(digests).not.toContain(sha256(canonical({ limit: 1, search: 'a' })));
  });

  it('that is refused or wrong is recorded, too', async () => {
    const { records } = await recorded(async (gateway) => {
      await gateway.invoke('create_workos_organization', { name: 'X' }, AGENT);
      await gateway.invoke('list_workos_organizations', { limit: 'many' }, AGENT);
      await gateway.invoke('list_workos_organizations', { search: '\ud800' }, AGENT);
    }, READ_ONLY);
    expect(records.map(({ kind }) => kind)).toEqual([
      'intent',
      'outcome',
      'intent',
      'outcome',
      'intent',
      'outcome',
    ]);
    expect(records[0]!.body).toMatchObject({ verb: 'mutation' });
    expect(records[1]!.body).toMatchObject({ status: 'READ_ONLY', decision: 'deny', verb: 'mutation' });
    expect(records[3]!.body).toMatchObject({ status: 'INVALID_INPUT', decision: 'allow' });
    expect(records[4]!.body).toMatchObject({ args_form: 'json', args_hmac: expect.any(String) });
  });

  it('does not run before it is written', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    const seen: string[] = [];
    const gateway = createGateway({
      policy: () => ({}),
      limits: LIMITS,
      observers: [],
      logger: keepingLogger(),
      beforeCall: recordCalls(trail, { id: 'e', kind: 'sandbox' }, RULES),
      run: async () => {
        seen.push(...recordsOf(dir).map(({ kind }) => kind));
        throw new Error('enough');
      },
    });
    await gateway.invoke('list_workos_organizations', {}, AGENT);
    expect(seen).toEqual(['start', 'intent']);
    await trail.close();
  });
});

describe('when nothing can be recorded', () => {
  it('reading goes on, and no change is made', async () => {
    const dir = newHome();
    mkdirSync(dir.path, { recursive: true, mode: 0o700 });
    writeFileSync(auditOf(dir), 'a file in its place');
    const trail = await trailIn(dir);
    const gateway = gatewayOn(trail);
    const posts = () => sandbox.requests.entries.filter(({ method }) => method === 'POST').length;
    const before = posts();
    expect(await gateway.invoke('list_workos_organizations', {}, AGENT)).toMatchObject({ ok: true });
    const refused = await gateway.invoke('create_workos_organization', { name: 'Unrecorded Ltd' }, AGENT);
    expect(refused).toMatchObject({ ok: false, error: { code: 'AUDIT_UNAVAILABLE' } });
    expect(JSON.stringify(refused)).not.toContain(dir.path);
    expect(posts()).toBe(before);
    expect(await gateway.invoke('list_workos_organizations', {}, PERSON)).toMatchObject({ ok: true });
    expect(trail.warnings).toHaveLength(1);
    await trail.close();
  });
});
