import { beforeAll, describe, expect, it } from 'vitest';
import type { ToolName } from '../../../src/tools/registry.ts';
import {
  newConnection,
  newDirectory,
  newDomain,
  newEvent,
  newGroup,
  newId,
  newOrganization,
  newUser,
} from './objects.ts';
import { ids, readAll } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const EVIL = `"}],"x":[{\\" \u0000\u0007\u001b[31m\r\n\u2028 🚀\u{1F468}‍👩‍👧 </script> ${'🚀'.repeat(3_000)}`;
const LONG = 'L'.repeat(40_000);
let bench: Bench;
let organization: ReturnType<typeof newOrganization>;
let directory: ReturnType<typeof newDirectory>;
let connection: ReturnType<typeof newConnection>;

beforeAll(async () => {
  bench = await startBench();
  const { account } = bench;
  bench.sandbox.faults.exportDelayMs = 0;
  organization = newOrganization(account, EVIL);
  organization.external_id = LONG;
  organization.metadata = { [EVIL]: LONG, plain: EVIL };
  organization.domains = [newDomain(organization.id, `${LONG}.example`), newDomain(organization.id, EVIL)];
  account.auditConfigurations.set(organization.id, {
    organization_id: organization.id,
    retention_period_in_days: 1,
    state: LONG as 'active',
  });
  connection = newConnection(account, organization.id, {
    name: EVIL,
    connection_type: EVIL,
  });
  directory = newDirectory(account, organization.id, EVIL);
  directory.type = LONG;
  const group = newGroup(account, directory, EVIL);
  for (let place = 0; place < 6; place += 1) {
    const custom_attributes = {
      [LONG]: EVIL,
      nested: { deep: [[EVIL]], list: Array.from({ length: 100 }, () => EVIL) },
    };
    newUser(account, directory, { name: EVIL, email: `${place}${LONG}`, custom_attributes }, [group.id]);
    newEvent(account, organization.id, {
      event: 'authentication.sso_failed',
      data: {
        email: EVIL,
        user_agent: EVIL,
        ip_address: LONG,
        status: EVIL,
        error: { code: `${place}${EVIL}`, message: LONG },
        sso: { connection_id: connection.id },
      },
    });
    const party = { id: LONG.slice(0, 200), type: EVIL, name: EVIL, metadata: {} };
    account.auditRowsOf(organization.id).push({
      action: EVIL,
      occurred_at: new Date(Date.now() - place * 1_000).toISOString(),
      actor: party,
      targets: [party, party],
      context: { location: LONG, user_agent: EVIL },
      metadata: { [EVIL]: LONG },
    });
  }
  newEvent(account, organization.id, {
    event: 'dsync.user.created',
    data: { object: 'directory_user', directory_id: directory.id, id: newId('directory_user'), email: EVIL },
  });
});

const calls: [ToolName, () => object][] = [
  ['list_workos_organizations', () => ({})],
  ['get_organization_details', () => ({ organization: organization.id })],
  ['list_sso_connections', () => ({ attention: true })],
  ['list_sso_connections', () => ({ organization: organization.id })],
  ['get_sso_connection_details', () => ({ connection_id: connection.id })],
  ['list_directories', () => ({ organization: organization.id })],
  ['get_directory_details', () => ({ directory_id: directory.id })],
  ['list_directory_groups', () => ({ directory_id: directory.id, member_counts: true })],
  ['list_directory_users', () => ({ directory_id: directory.id, include_groups: true })],
  ['list_directory_users', () => ({ directory_id: directory.id, summary: true })],
  ['get_audit_log_events', () => ({ organization: organization.id })],
];

describe('hostile data', () => {
  it.each(calls)('keeps %s valid JSON within an agent’s budget', async (tool, input) => {
    const found = await bench.agent(tool, input());
    const text = JSON.stringify(found);
    expect(text.isWellFormed()).toBe(true);
    expect(Object.hasOwn(found, 'x')).toBe(false);
    expect(text).toContain('omitted');
    const whole = await bench.person(tool, input());
    expect(JSON.stringify(whole).length).toBeGreaterThan(text.length);
  });

  it('loses no row on the way to the end', async () => {
    const users = await readAll(bench.agent, 'list_directory_users', { directory_id: directory.id });
    expect(new Set(ids(users.items)).size).toBe(6);
    const log = await readAll(bench.agent, 'get_audit_log_events', { organization: organization.id });
    expect(log.items).toHaveLength(13);
    const section = { organization: organization.id, section: 'metadata' };
    const metadata = await readAll(bench.agent, 'get_organization_details', section);
    expect(metadata.items).toHaveLength(2);
  });

  it('keeps errors short that name what was found', async () => {
    newOrganization(bench.account, EVIL);
    for (const reference of [EVIL.slice(0, 20), EVIL.slice(4, 30)]) {
      const error = await bench.refused('get_organization_details', { organization: reference });
      expect(JSON.stringify(error).length).toBeLessThan(2_000);
    }
  });
});
