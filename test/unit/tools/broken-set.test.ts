import { beforeAll, describe, expect, it } from 'vitest';
import { type Bench, startBench } from './support.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

const domain = (owner: string, name: string) =>
  bench.organization(owner).domains.find((each) => each.domain === name)?.id;
const stream = (owner: string) =>
  bench.account.auditConfigurations.get(bench.organization(owner).id)?.log_stream?.id;

describe('the broken set', () => {
  it('is found in full by get_organization_details, worst first', async () => {
    const found: [string, [string, string, string | undefined][]][] = [];
    for (const { id, name } of bench.account.organizations) {
      const { issues = [], totals } = await bench.agent('get_organization_details', { organization: id });
      expect(totals?.['issues']).toBe(issues.length);
      for (const issue of issues) expect(issue.message).toMatch(/^[A-Z\d].{30,}\.$/u);
      found.push([name, issues.map((issue) => [issue.code, issue.severity, issue.ids?.join()])]);
    }
    expect(found).toEqual([
      ['Acme Corp', []],
      [
        'Global Tech',
        [
          ['directory_invalid_credentials', 'high', bench.directory('Global Tech Google Workspace').id],
          ['domain_pending', 'medium', domain('Global Tech', 'globaltech.dev')],
          ['sso_failures', 'medium', bench.connection('JumpCloud SAML').id],
        ],
      ],
      [
        'Stark Industries',
        [
          ['connection_inactive', 'high', bench.connection('OneLogin SAML').id],
          ['directory_unlinked', 'high', bench.directory('Stark Workday').id],
          ['certificate_expiring', 'medium', bench.connection('Stark ADFS SAML').id],
        ],
      ],
      [
        'Umbra Health',
        [
          ['domain_failed', 'high', domain('Umbra Health', 'umbrahealth.org')],
          ['log_stream_error', 'high', stream('Umbra Health')],
          ['connection_validating', 'medium', bench.connection('Umbra Entra SAML').id],
        ],
      ],
      ['Nordwind Logistics', []],
    ]);
  });

  it('is found by the attention lists', async () => {
    const connections = await bench.agent('list_sso_connections', { attention: true });
    expect(Object.fromEntries(connections.items.map(({ id, findings }) => [id, findings]))).toEqual({
      [bench.connection('JumpCloud SAML').id]: ['sso_failures'],
      [bench.connection('Stark ADFS SAML').id]: ['certificate_expiring'],
      [bench.connection('OneLogin SAML').id]: ['connection_inactive'],
      [bench.connection('Umbra Entra SAML').id]: ['connection_validating'],
    });
    expect(connections).toMatchObject({ complete: true, total: 4, scanned: 7 });
    const directories = await bench.agent('list_directories', { attention: true });
    expect(Object.fromEntries(directories.items.map(({ id, findings }) => [id, findings]))).toEqual({
      [bench.directory('Global Tech Google Workspace').id]: ['directory_invalid_credentials'],
      [bench.directory('Stark Workday').id]: ['directory_unlinked'],
    });
    expect(directories).toMatchObject({ complete: true, total: 2, scanned: 4 });
  });

  it('is found by the details of each connection and directory', async () => {
    const codes: Record<string, string[]> = {};
    for (const { id, name } of bench.account.connections) {
      const { issues = [] } = await bench.agent('get_sso_connection_details', { connection_id: id });
      codes[name] = issues.map(({ code }) => code);
      for (const issue of issues) expect(issue.ids).toEqual([id]);
    }
    for (const { id, name } of bench.account.directories) {
      const { issues = [] } = await bench.agent('get_directory_details', { directory_id: id });
      codes[name] = issues.map(({ code }) => code);
      for (const issue of issues) expect(issue.ids).toEqual([id]);
    }
    expect(codes).toEqual({
      'Okta SAML': [],
      'Entra ID OIDC': [],
      'Google OAuth': [],
      'JumpCloud SAML': ['sso_failures'],
      'Stark ADFS SAML': ['certificate_expiring'],
      'OneLogin SAML': ['connection_inactive'],
      'Umbra Entra SAML': ['connection_validating'],
      'Acme Okta Directory': [],
      'Global Tech Google Workspace': ['directory_invalid_credentials'],
      'Stark Workday': ['directory_unlinked'],
      'Umbra Entra ID Directory': [],
    });
  });

  it('has nothing of Acme in any tool', async () => {
    const organization = 'Acme Corp';
    for (const tool of ['list_sso_connections', 'list_directories'] as const) {
      const attention = await bench.agent(tool, { organization, attention: true });
      expect(attention).toMatchObject({ items: [], total: 0, complete: true });
      const all = await bench.agent(tool, { organization });
      expect(all.items.length).toBeGreaterThan(0);
      for (const row of all.items) expect(row).not.toHaveProperty('findings');
    }
    const details = await bench.agent('get_organization_details', { organization });
    expect(details).not.toHaveProperty('issues');
    expect(details.totals?.['issues']).toBe(0);
  });
});
