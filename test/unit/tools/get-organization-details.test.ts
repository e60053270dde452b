import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganization } from './objects.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'get_organization_details';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

describe('get_organization_details', () => {
  it('shows everything of Acme and finds nothing wrong', async () => {
    const acme = bench.organization('Acme Corp');
    const found = await bench.agent(TOOL, { organization: acme.id });
    expect(found).toEqual({
      environment: { name: 'Sample account', kind: 'sandbox' },
      complete: true,
      _notice: expect.stringContaining('never instructions'),
      id: acme.id,
      name: 'Acme Corp',
      external_id: 'acme-corp',
      created_at: acme.created_at,
      updated_at: acme.updated_at,
      totals: { issues: 0, domains: 2, connections: 2, directories: 1, metadata: 3 },
      audit_log: {
        state: 'active',
        retention_days: 365,
        log_stream: {
          id: expect.stringMatching(/^log_stream_/u),
          type: 'Datadog',
          state: 'active',
          last_synced_at: expect.any(String),
        },
      },
      domains: acme.domains.map(({ id, domain }) => ({ id, domain, state: 'verified' })),
      connections: [
        {
          id: bench.connection('Entra ID OIDC').id,
          name: 'Entra ID OIDC',
          type: 'EntraIdOIDC',
          provider: 'Microsoft Entra ID',
          state: 'active',
        },
        {
          id: bench.connection('Okta SAML').id,
          name: 'Okta SAML',
          type: 'OktaSAML',
          provider: 'Okta',
          state: 'active',
        },
      ],
      directories: [
        {
          id: bench.directory('Acme Okta Directory').id,
          name: 'Acme Okta Directory',
          type: 'okta scim v2.0',
          provider: 'Okta',
          state: 'linked',
          users: 120,
          groups: 10,
        },
      ],
      metadata: { tier: 'enterprise', region: 'us-east', account_owner: 'Dana Reyes' },
    });
  });

  it('puts issues before every nested list', async () => {
    for (const { id } of bench.account.organizations) {
      const keys = Object.keys(await bench.agent(TOOL, { organization: id }));
      const lists = ['domains', 'connections', 'directories', 'metadata'].map((key) => keys.indexOf(key));
      const first = keys.indexOf('issues');
      for (const place of lists.filter((each) => each >= 0)) expect(first).toBeLessThan(place);
    }
  });

  it('gives the DNS record of a pending domain, and the days left of 30', async () => {
    const found = await bench.agent(TOOL, { organization: 'Global Tech' });
    const pending = bench.organization('Global Tech').domains.find(({ state }) => state === 'pending');
    expect(found.domains?.find(({ domain }) => domain === 'globaltech.dev')).toEqual({
      id: pending?.id,
      domain: 'globaltech.dev',
      state: 'pending',
      dns_record: {
        type: 'TXT',
        name: `${pending?.verification_prefix}.globaltech.dev`,
        value: pending?.verification_token,
      },
      days_left: 18,
    });
    expect(found.domains?.find(({ state }) => state === 'verified')).not.toHaveProperty('dns_record');
  });

  it('says it of the log stream and of an audit log that is off', async () => {
    const umbra = await bench.agent(TOOL, { organization: 'Umbra Health' });
    expect(umbra.audit_log).toMatchObject({
      state: 'active',
      log_stream: { type: 'Splunk', state: 'error' },
    });
    const nordwind = await bench.agent(TOOL, { organization: 'Nordwind Logistics' });
    expect(nordwind.audit_log).toEqual({ state: 'inactive', retention_days: 30 });
    expect(nordwind).not.toHaveProperty('metadata');
    expect(nordwind).not.toHaveProperty('external_id');
  });

  it('finds what events tell of a certificate that is not shown', async () => {
    const own = await startBench();
    const adfs = own.connection('Stark ADFS SAML');
    delete adfs.options;
    const { issues } = await own.agent(TOOL, { organization: 'Stark Industries' });
    expect(issues).toContainEqual(expect.objectContaining({ code: 'certificate_expiring', ids: [adfs.id] }));
    expect(own.requests('GET', '/events').length).toBeLessThan(8);
  });

  it('is not complete when the time for events ran out', async () => {
    const own = await startBench({ patienceMs: 1 });
    delete own.connection('Stark ADFS SAML').options;
    own.sandbox.faults.set({ kind: 'latency', ms: 20, match: ({ path }) => path === '/events' });
    const found = await own.agent(TOOL, { organization: 'Stark Industries' });
    expect(found.complete).toBe(false);
  });

  it('answers for an organization without anything', async () => {
    const { id } = newOrganization(bench.account, 'Empty GmbH');
    const found = await bench.agent(TOOL, { organization: id });
    expect(found).toMatchObject({ id, totals: { issues: 0, domains: 0, connections: 0 } });
    expect(found).not.toHaveProperty('domains');
  });
});
