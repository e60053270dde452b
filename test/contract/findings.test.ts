import { beforeAll, expect, it } from 'vitest';
import { startAccount, type TestAccount } from '../support/account.ts';
import { callOk, connectHttp } from '../support/clients.ts';
import { readAll } from '../support/paging.ts';
import { startServer } from '../support/server.ts';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';

let account: TestAccount;
let client: Client;
beforeAll(async () => {
  account = await startAccount();
  client = await connectHttp(await startServer({ env: account.env }));
});

it('every organization of the sample account has exactly the findings it was made with', async () => {
  const found: Record<string, string[]> = {};
  for (const { name } of account.account.organizations) {
    const { issues = [] } = await callOk(client, 'get_organization_details', { organization: name });
    found[name] = issues.map(({ code, severity }) => `${severity} ${code}`).toSorted();
  }
  expect(found).toEqual({
    'Acme Corp': [],
    'Global Tech': ['high directory_invalid_credentials', 'medium domain_pending', 'medium sso_failures'],
    'Stark Industries': [
      'high connection_inactive',
      'high directory_unlinked',
      'medium certificate_expiring',
    ],
    'Umbra Health': ['high domain_failed', 'high log_stream_error', 'medium connection_validating'],
    'Nordwind Logistics': [],
  });
});

it('attention lists exactly the connections with findings', async () => {
  const rows = await readAll(client, 'list_sso_connections', { attention: true });
  expect(rows.map(({ name, findings }) => [name, findings])).toEqual([
    ['Umbra Entra SAML', ['connection_validating']],
    ['JumpCloud SAML', ['sso_failures']],
    ['OneLogin SAML', ['connection_inactive']],
    ['Stark ADFS SAML', ['certificate_expiring']],
  ]);
});

it('attention lists exactly the directories with findings', async () => {
  const rows = await readAll(client, 'list_directories', { attention: true });
  expect(rows.map(({ name, findings }) => [name, findings])).toEqual([
    ['Stark Workday', ['directory_unlinked']],
    ['Global Tech Google Workspace', ['directory_invalid_credentials']],
  ]);
});

it('a certificate the API does not show is known from its renewal events', async () => {
  const stark = account.account.connections.find(({ name }) => name === 'Stark ADFS SAML')!;
  delete stark.options;
  const details = await callOk(client, 'get_sso_connection_details', { connection_id: stark.id });
  expect(details.certificate).toMatchObject({ status: 'expiring', source: 'renewal_event', days_left: 9 });
  expect(details.issues?.map(({ code }) => code)).toEqual(['certificate_expiring']);
});
