import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/gateway/caller.ts';
import { PROFILES } from '../../../src/privacy/policy.ts';
import { inProcess } from '../../../src/isolate/in-process.ts';
import { createRuntime } from '../../../src/runtime.ts';
import type { ToolName } from '../../../src/tools/registry.ts';
import { GITHUB_TOKEN, JWT, LIVE_KEY } from '../../support/secrets.ts';
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

/** What must not reach an agent. */
const CANARIES = {
  ssn: '123-45-6789',
  card: '4111 1111 1111 1111',
  iban: 'DE89370400440532013000',
  workos_key: LIVE_KEY,
  secret: GITHUB_TOKEN,
  jwt: JWT,
};
const ALL = Object.values(CANARIES).join(' ');
const NAME = `Leaky ${CANARIES.ssn} ${CANARIES.card}`;
const KEPT = ['jane@leaky.example', 'Stark Industries', '株式会社', '👩‍👩‍👧'];
const USERS = 120;

let bench: Bench;
let organization: ReturnType<typeof newOrganization>;
let directory: ReturnType<typeof newDirectory>;
let connection: ReturnType<typeof newConnection>;

beforeAll(async () => {
  bench = await startBench();
  const { account } = bench;
  bench.sandbox.faults.exportDelayMs = 0;
  organization = newOrganization(account, NAME);
  organization.external_id = CANARIES.ssn;
  organization.metadata = { [CANARIES.iban]: ALL, client_secret: 'hunter2', kept: KEPT.join(' ') };
  organization.domains = [newDomain(organization.id, CANARIES.ssn)];
  connection = newConnection(account, organization.id, { name: ALL, connection_type: ALL });
  directory = newDirectory(account, organization.id, ALL);
  directory.type = ALL;
  const group = newGroup(account, directory, ALL);
  for (let place = 0; place < USERS; place += 1) {
    const custom_attributes = {
      [CANARIES.card]: ALL,
      nested: { deep: [[ALL]], number: 4111111111111111 },
      password: 'hunter2',
    };
    newUser(
      account,
      directory,
      { name: NAME, email: KEPT[0]!, custom_attributes },
      place < 3 ? [group.id] : [],
    );
  }
  newEvent(account, organization.id, {
    event: 'authentication.sso_failed',
    data: {
      email: KEPT[0],
      user_agent: ALL,
      ip_address: CANARIES.ssn,
      error: { code: CANARIES.ssn, message: ALL },
      sso: { connection_id: connection.id },
    },
  });
  newEvent(account, organization.id, {
    event: 'dsync.user.created',
    data: { object: 'directory_user', directory_id: directory.id, id: newId('directory_user'), email: ALL },
  });
  const party = { id: CANARIES.ssn, type: 'user', name: ALL, metadata: { [CANARIES.iban]: ALL } };
  account.auditRowsOf(organization.id).push({
    action: 'user.signed_in',
    occurred_at: new Date().toISOString(),
    actor: party,
    targets: [party],
    context: { location: CANARIES.ssn, user_agent: ALL },
    metadata: { [CANARIES.iban]: ALL },
  });
});

const calls: [ToolName, () => object][] = [
  ['list_workos_organizations', () => ({ search: 'Leaky' })],
  ['get_organization_details', () => ({ organization: organization.id })],
  ['get_organization_details', () => ({ organization: organization.id, section: 'metadata' })],
  ['list_sso_connections', () => ({ organization: organization.id })],
  ['get_sso_connection_details', () => ({ connection_id: connection.id })],
  ['list_directories', () => ({ organization: organization.id })],
  ['get_directory_details', () => ({ directory_id: directory.id })],
  ['list_directory_groups', () => ({ directory_id: directory.id, member_counts: true })],
  [
    'list_directory_users',
    () => ({ directory_id: directory.id, email: KEPT[0], include_groups: true, limit: 3 }),
  ],
  ['list_directory_users', () => ({ directory_id: directory.id, summary: true })],
  ['get_audit_log_events', () => ({ organization: organization.id })],
  [
    'create_workos_organization',
    () => ({ name: `New ${CANARIES.ssn}`, domains: ['new.example'], metadata: { a: ALL }, dry_run: true }),
  ],
];

/** Every secret that is in a text, whole or in the part that gives it away. */
const leaks = (text: string) =>
  Object.entries({ ...CANARIES, password: 'hunter2', digits: '4111111111111111', rest: 'aB3aB3' })
    .filter(([, canary]) => text.includes(canary))
    .map(([kind]) => kind);

describe('secrets in the account', () => {
  it.each(calls)('do not reach an agent by %s, who hears that there were some', async (tool, input) => {
    const found = await bench.agent(tool, input());
    expect(leaks(JSON.stringify(found))).toEqual([]);
    expect(found.redacted).toMatchObject({ ssn: expect.any(Number) });
  });

  it.each(calls)('are shown to a person by %s', async (tool, input) => {
    const found = await bench.person(tool, input());
    expect(leaks(JSON.stringify(found))).toContain('ssn');
    expect(found.redacted).toBeUndefined();
  });

  it('leave what is none as it is', async () => {
    const { metadata } = await bench.agent('get_organization_details', { organization: organization.id });
    expect(metadata?.['kept']).toBe(KEPT.join(' '));
  });

  it('do not keep an agent from paging to the end', async () => {
    const { items, pages } = await readAll(bench.agent, 'list_directory_users', {
      directory_id: directory.id,
    });
    expect(new Set(ids(items)).size).toBe(USERS);
    expect(pages.length).toBeGreaterThan(1);
    for (const { redacted, items: shown } of pages) {
      expect(redacted).toEqual({ ssn: shown.length, card: shown.length });
    }
    const section = { organization: organization.id, section: 'metadata' };
    expect((await readAll(bench.agent, 'get_organization_details', section)).items).toHaveLength(3);
  });

  it('do not reach an agent by an error or a question', async () => {
    newOrganization(bench.account, `${NAME} Two`);
    const unknown = await bench.refused('get_organization_details', { organization: 'leaky' });
    expect(unknown).toMatchObject({
      hint: expect.stringContaining('"Leaky [redacted:ssn] [redacted:card]"'),
    });
    expect(leaks(JSON.stringify(unknown))).toEqual([]);
    const questions: string[] = [];
    const confirm = async (question: string) => {
      questions.push(question);
      return false;
    };
    const again = { name: NAME, domains: ['again.example'] };
    const declined = await bench.refused('create_workos_organization', again, { confirm });
    expect(declined.code).toBe('DECLINED');
    expect(questions).toEqual([expect.stringContaining('Leaky [redacted:ssn] [redacted:card]')]);
  });
});

describe('profiles over the account', () => {
  const agent: Caller = { kind: 'agent', session: 's', client: { name: 'test', version: '1' } };
  const ask = async (profile: keyof typeof PROFILES, input: object) => {
    const { url, apiKey } = bench.sandbox;
    const quiet = () => undefined;
    const { invoke } = createRuntime({
      account: { baseUrl: url, apiKey, name: 'Sample account', kind: 'sandbox' },
      policy: () => ({}),
      limits: { idleMs: 30_000, totalMs: 120_000 },
      observers: [],
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      privacy: () => PROFILES[profile],
      executor: inProcess,
    });
    const outcome = await invoke('list_directory_users', input, agent);
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  };
  const input = () => ({ directory_id: directory.id, email: KEPT[0], limit: 1 });

  it('off leaves everything', async () => {
    const found = await ask('off', input());
    expect(leaks(JSON.stringify(found))).toContain('ssn');
    expect(found.redacted).toBeUndefined();
  });

  it('strict shows a part of an email, which can still be looked for', async () => {
    const found = await ask('strict', input());
    expect(found.items[0]?.email).toBe('j***@leaky.example');
    expect(leaks(JSON.stringify(found))).toEqual([]);
  });
});
