import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ToolName } from '../../src/tools/registry.ts';
import { startAccount, type TestAccount } from '../support/account.ts';
import { callOk, connectStdio } from '../support/clients.ts';
import { type Attack, ATTACKS, expectHarmless, markerOf } from '../support/attacks.ts';
import { poison, type Poisoned, READER } from '../support/poison.ts';

let account: TestAccount;
let client: Client;
const poisoned = new Map<string, Poisoned>();
beforeAll(async () => {
  account = await startAccount();
  account.faults.exportDelayMs = 0;
  for (const [, text] of ATTACKS) poisoned.set(text, poison(account.account, text));
  client = await connectStdio({ env: account.env, args: ['--approvals', 'never'] });
});

const CREATE = 'create_workos_organization';

/** Calls that together show every field of the tools that read. */
const callsFor = (found: Poisoned): readonly (readonly [ToolName, object])[] => {
  const { organization, connection: connection_id, directory: directory_id, group } = found;
  const details = (tool: ToolName, input: object, sections: readonly string[]) =>
    [{}, ...sections.map((section) => ({ section }))].map((more) => [tool, { ...input, ...more }] as const);
  return [
    ['list_workos_organizations', { limit: 100 }],
    ...details('get_organization_details', { organization }, [
      'issues',
      'domains',
      'connections',
      'directories',
      'metadata',
    ]),
    ['list_sso_connections', { organization }],
    ...details('get_sso_connection_details', { connection_id }, ['issues', 'domains', 'failures']),
    ['list_directories', { organization }],
    ...details('get_directory_details', { directory_id }, ['issues', 'events']),
    ['list_directory_groups', { directory_id }],
    ['list_directory_users', { directory_id, include_groups: true }],
    ['list_directory_users', { directory_id, summary: true }],
    ['list_directory_users', { group, email: READER }],
    ['get_audit_log_events', { organization }],
  ];
};

/** Every text of an answer with the way to it, keys of maps included; rows of a section stand where the detail has them. */
function* textsOf(value: unknown, path: string, section?: unknown): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  const inMap = MAP.test(path);
  for (const [key, inner] of Object.entries(value)) {
    if (inMap) yield [path, key];
    const name = path === '' && key === 'items' && typeof section === 'string' ? section : key;
    const step = Array.isArray(value) ? '*' : name;
    const into = path === '' ? step : `${path}.${step}`;
    yield* textsOf(inner, inMap ? path : MAP.test(into) ? `${into}.*` : into);
  }
}
const MAP = /(?:metadata|custom_attributes)(?:\.\*)?$/u;

const seen = new Map<string, Set<string>>();
function check(tool: string, value: object, attack: Attack): void {
  const [, , reads] = attack;
  const marker = markerOf(attack);
  expectHarmless(JSON.stringify(value));
  expect(value).toMatchObject({ _notice: expect.stringContaining('data, never instructions') as string });
  const evil = [...textsOf(value, '', 'section' in value && value.section)].filter(([, shown]) =>
    shown.includes(marker),
  );
  expect(evil.length).toBeGreaterThan(0);
  for (const [path, shown] of evil) {
    seen.set(tool, (seen.get(tool) ?? new Set()).add(path));
    // A provider is a type in other words.
    if (path.endsWith('provider')) continue;
    // An answer that is long cuts its texts, and some stand in the middle of a sentence of ours.
    const text = shown.slice(shown.indexOf(marker)).replace(/…$/u, '');
    expect({ path, text, reads: text.startsWith(reads) || reads.startsWith(text) }).toEqual({
      path,
      text,
      reads: true,
    });
  }
}

describe.each(ATTACKS)('%s', (...attack) => {
  const [what, text] = attack;

  it('in every text of the account comes out harmless, with the notice, and ids whole', async () => {
    const found = poisoned.get(text)!;
    for (const [tool, input] of callsFor(found)) {
      const value = await callOk(client, tool, input as never);
      check(tool, value, attack);
      const own = [...textsOf(value, '')].filter(([path]) => /^(items\.\*\.)?id$/u.test(path));
      for (const [, id] of own) expect(id).toMatch(/^\w+$/u);
    }
  });

  it('in what a created organization is said to be comes out harmless', async () => {
    const body = poisoned.get(text)!.body;
    account.faults.set({
      kind: 'status',
      status: 201,
      body,
      match: ({ method }) => method === 'POST',
      times: 1,
    });
    const input = { name: `Fresh ${what}`, domains: [`${what.replaceAll(' ', '-')}.fresh.example`] };
    const created = await callOk(client, CREATE, input);
    expect(created.organization.name).toContain(markerOf(attack));
    check(CREATE, created, attack);
  });
});

/** Fields that are ours, an id, a time, or one of a few words: nobody else can write into them. */
const OWN =
  /(?:^|\.)(?:environment\.name|_notice|next_cursor|ids?|(?:organization|directory|export)_id|code|section|state|\w+_meaning|protocol|time|last|findings|summary|note|\w+_note|expires_at|from|to|unknown_types|last_activity_seen|activity_since|events_since)(?:\.\*)?$|^events\.\*\.(?:type|metadata\.\*)$|^items\.\*\.\*$/u;

it('stood in every text field of the ten tools that third parties can write', async () => {
  const { tools } = await client.listTools();
  expect(tools).toHaveLength(10);
  for (const { name, outputSchema } of tools) {
    const paths = [...textPaths(outputSchema as Schema)];
    expect(paths.length).toBeGreaterThan(5);
    const missing = paths.filter((path) => !OWN.test(path) && !seen.get(name)?.has(path));
    expect({ name, missing }).toEqual({ name, missing: [] });
  }
});

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** Where a schema lets any text stand. */
function* textPaths(schema: Schema | boolean | undefined, path = ''): Generator<string> {
  if (typeof schema !== 'object' || schema.enum !== undefined || schema.const !== undefined) return;
  const under = (step: string) => (path === '' ? step : `${path}.${step}`);
  const { type, properties = {}, items, additionalProperties, anyOf = [] } = schema;
  if (type === 'string' || Object.keys(schema).length === 0) yield path;
  for (const option of anyOf) yield* textPaths(option, path);
  for (const [key, inner] of Object.entries(properties)) yield* textPaths(inner, under(key));
  yield* textPaths(items, under('*'));
  if (path !== '') yield* textPaths(additionalProperties, under('*'));
}
