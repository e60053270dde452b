import { beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './support.ts';

const TOOL = 'create_workos_organization';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

const keys = (count: number, length = 5) =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`${place}`.padStart(length, 'k'), 'v']));

describe('create_workos_organization refuses before any request', () => {
  it.each([
    ['gmail.com', 'consumer'],
    ['GoogleMail.com', 'consumer'],
    ['127.0.0.1', 'IP address'],
    ['https://acme.com', 'bare domain'],
    ['acme.com/path', 'bare domain'],
    ['acme.com:8080', 'bare domain'],
    ['dana@acme.com', 'bare domain'],
    ['localhost', 'top-level'],
    ['acme_corp.com', 'valid domain'],
    ['-acme.com', 'valid domain'],
    ['acme..com', 'valid domain'],
    ['*.acme.com', 'valid domain'],
    ['', 'empty'],
  ])('the domain %j', async (domain, why) => {
    bench.sandbox.requests.clear();
    const error = await bench.refused(TOOL, { name: 'X', domains: ['fine.example', domain] });
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toContain(`domains: "${domain}"`);
    expect(error.message).toContain(why);
    expect(error.message).not.toContain('fine.example');
    expect(bench.sandbox.requests.entries).toHaveLength(0);
  });

  it('several domains at once, each named', async () => {
    const { message } = await bench.refused(TOOL, { name: 'X', domains: ['gmail.com', 'a b.com', 'x'] });
    expect(message.split('; ')).toHaveLength(3);
  });

  it.each([
    [{ domains: ['a.example'] }, 'name'],
    [{ name: ' ', domains: ['a.example'] }, 'name'],
    [{ name: 'x'.repeat(201), domains: ['a.example'] }, 'name'],
    [{ name: 'X' }, 'domains'],
    [{ name: 'X', domains: [] }, 'domains'],
    [{ name: 'X', domains: ['a.example'], domain_state: 'failed' }, 'domain_state'],
    [{ name: 'X', domains: ['a.example'], external_id: '' }, 'external_id'],
    [{ name: 'X', domains: ['a.example'], external_id: 'x'.repeat(129) }, 'external_id'],
    [{ name: 'X', domains: ['a.example'], external_id: 'é' }, 'external_id'],
    [{ name: 'X', domains: ['a.example'], metadata: keys(51) }, 'metadata'],
    [{ name: 'X', domains: ['a.example'], metadata: keys(1, 41) }, 'metadata'],
    [{ name: 'X', domains: ['a.example'], metadata: { a: 'v'.repeat(601) } }, 'metadata'],
    [{ name: 'X', domains: ['a.example'], metadata: { a: 1 } }, 'metadata'],
    [{ name: 'X', domains: ['a.example'], state: 'pending' }, 'state'],
  ])('%j', async (input, field) => {
    bench.sandbox.requests.clear();
    const error = await bench.refused(TOOL, input);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(field) });
    expect(bench.sandbox.requests.entries).toHaveLength(0);
  });

  it('and takes what is exactly at the limits', async () => {
    const metadata = Object.fromEntries(Object.keys(keys(50, 40)).map((key) => [key, 'é'.repeat(600)]));
    const created = await bench.agent(TOOL, {
      name: 'x'.repeat(200),
      domains: ['limits.example'],
      external_id: '~'.repeat(128),
      metadata,
    });
    expect(bench.account.organizations.at(-1)?.metadata).toEqual(metadata);
    expect(created.organization.omitted?.['metadata']).toBeGreaterThanOrEqual(40);
  });

  it.each(['.', '..', 'a/b c'])('takes %j for an external_id', async (external_id) => {
    const own = await startBench();
    const input = { name: 'Odd', domains: ['odd.example'], external_id };
    await own.agent(TOOL, input);
    expect(own.account.organizations.at(-1)).toMatchObject({ name: 'Odd', external_id });
  });

  it('passes on which field WorkOS refused, without its words', async () => {
    const own = await startBench();
    own.sandbox.faults.set({
      kind: 'status',
      status: 422,
      body: { message: 'secret words', errors: [{ field: 'domain_data.0.domain', code: 'too_odd' }] },
      match: ({ method }) => method === 'POST',
    });
    const error = await own.refused(TOOL, { name: 'X', domains: ['odd.example'] });
    expect(error).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'WorkOS refused: domain_data.0.domain (too_odd).',
    });
  });
});
