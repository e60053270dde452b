import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganization } from './objects.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'get_organization_details';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
  newOrganization(bench.account, 'Twin Works', ['twin-one.example']);
  newOrganization(bench.account, 'TWIN works', ['twin-two.example']);
  newOrganization(bench.account, 'Acme Corp Europe');
  newOrganization(bench.account, 'acme.network');
  for (let place = 0; place < 7; place += 1) newOrganization(bench.account, 'Seven');
});

describe('the organization of a call', () => {
  it.each([
    ['id', () => bench.organization('Acme Corp').id],
    ['exact name', () => 'Acme Corp'],
    ['name in another case, with spaces around', () => '  aCME corp '],
    ['domain', () => 'acme.io'],
    ['domain in another case', () => 'ACME.com'],
  ])('is found by %s', async (_by, reference) => {
    const found = await bench.agent(TOOL, { organization: reference() });
    expect(found).toMatchObject({ id: bench.organization('Acme Corp').id, name: 'Acme Corp' });
  });

  it('is found by a name that looks like a domain', async () => {
    const found = await bench.agent(TOOL, { organization: 'acme.network' });
    expect(found.id).toBe(bench.organization('acme.network').id);
  });

  it('is found by its exact name among more similar ones than a page holds, the oldest last', async () => {
    const crowd = await startBench();
    for (let place = 0; place < 150; place += 1) newOrganization(crowd.account, `Acme Corp ${place}`);
    const found = await crowd.agent(TOOL, { organization: 'acme corp' });
    expect(found.id).toBe(crowd.organization('Acme Corp').id);
  });

  it('is ambiguous when two have the name: both are listed with ids and domains', async () => {
    const error = await bench.refused(TOOL, { organization: 'twin works' });
    expect(error.code).toBe('AMBIGUOUS');
    const twins = bench.account.organizations.filter(({ name }) => /twin/iu.test(name));
    for (const { id, name, domains } of twins) {
      expect(error.message).toContain(`${id} "${name}" (${domains[0]?.domain})`);
    }
    expect(error.message).not.toContain('more');
  });

  it('lists five candidates and counts the others', async () => {
    const { message } = await bench.refused(TOOL, { organization: 'seven' });
    expect(message.match(/org_\w+/gu)).toHaveLength(5);
    expect(message).toContain('and 2 more');
  });

  it('is not found with names like it, or with the tool to search with', async () => {
    const similar = await bench.refused(TOOL, { organization: 'Acme' });
    expect(similar.code).toBe('NOT_FOUND');
    expect(similar.hint).toContain(bench.organization('Acme Corp').id);
    expect(similar.hint).toContain(bench.organization('Acme Corp Europe').id);
    const none = await bench.refused(TOOL, { organization: 'No such thing' });
    expect(none).toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('list_workos_organizations'),
    });
    expect(await bench.refused(TOOL, { organization: 'no-such.example' })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await bench.refused(TOOL, { organization: 'org_01NOSUCH' })).toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('list_workos_organizations'),
    });
  });

  it('is never one of two domains joined by a comma', async () => {
    const error = await bench.refused(TOOL, { organization: 'acme.com,no-such.example' });
    expect(error.code).toBe('NOT_FOUND');
  });

  it.each([
    'list_sso_connections',
    'list_directories',
    'list_directory_users',
    'get_audit_log_events',
  ] as const)('means the same to %s', async (tool) => {
    expect(await bench.refused(tool, { organization: 'twin works' })).toMatchObject({ code: 'AMBIGUOUS' });
  });
});
