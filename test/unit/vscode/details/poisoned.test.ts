import { beforeAll, describe, expect, it } from 'vitest';
import type { Bench } from '../../tools/support.ts';
import { startBench } from '../../tools/support.ts';
import {
  newConnection,
  newDirectory,
  newDomain,
  newEvent,
  newId,
  newOrganization,
} from '../../tools/objects.ts';
import { type Found, renderDetails } from '../../../../src/vscode/details/render.ts';
import { english } from '../english.ts';

const EVIL = [
  '# Owned',
  '[click](command:workbench.action.terminal.new)',
  '![pixel](https://evil.example/p.png)',
  '<img src="https://evil.example/x" onerror=alert(1)>',
  '```\n````\n~~~',
  '`tick` ``two``',
  '<https://evil.example> www.evil.example a@evil.example //evil.example mailto:b@evil.example',
  '\u202Egnp.exe\u200B\u0000\u001B[31m',
  '$(alert) &lt; | cell | $x$ \\',
  '\r\n\r\n- item\n> quote\n---\n1. one',
].join('\n');
const READ = new Date('2026-11-22T10:00:00Z');

let bench: Bench;
const documents = new Map<string, string>();

beforeAll(async () => {
  bench = await startBench();
  const { account } = bench;
  const organization = newOrganization(account, EVIL);
  const pending = newDomain(organization.id, EVIL);
  Object.assign(pending, { state: 'pending', verification_token: EVIL, verification_prefix: EVIL });
  organization.domains = [pending, newDomain(organization.id, '```.example')];
  organization.external_id = EVIL;
  organization.metadata = { [EVIL]: EVIL, '`': '``' };
  account.auditConfigurations.set(organization.id, {
    organization_id: organization.id,
    retention_period_in_days: 1,
    state: EVIL as 'active',
    log_stream: {
      id: 'stream',
      type: EVIL as 'S3',
      state: 'error',
      last_synced_at: EVIL,
      created_at: EVIL,
    },
  });
  const connection = newConnection(account, organization.id, {
    name: EVIL,
    connection_type: EVIL,
    state: 'inactive',
    domains: [{ object: 'connection_domain', id: newId('conn_domain'), domain: EVIL }],
  });
  const directory = newDirectory(account, organization.id, EVIL);
  Object.assign(directory, { type: EVIL, domain: EVIL, state: 'invalid_credentials' });
  const sso = { connection_id: connection.id };
  const error = { code: EVIL, message: EVIL };
  newEvent(account, organization.id, {
    event: 'authentication.sso_failed',
    data: { email: EVIL, sso, error },
  });
  newEvent(account, organization.id, { event: 'authentication.sso_succeeded', data: { email: EVIL, sso } });
  const user = { object: 'directory_user', id: newId('directory_user'), email: EVIL };
  newEvent(account, organization.id, {
    event: 'dsync.user.created',
    data: { ...user, directory_id: directory.id },
  });
  const found: [string, Found][] = [
    [
      organization.id,
      {
        kind: 'organization',
        outcome: {
          ok: true,
          value: await bench.person('get_organization_details', { organization: organization.id }),
        },
      },
    ],
    [
      connection.id,
      {
        kind: 'connection',
        outcome: {
          ok: true,
          value: await bench.person('get_sso_connection_details', { connection_id: connection.id }),
        },
      },
    ],
    [
      directory.id,
      {
        kind: 'directory',
        outcome: {
          ok: true,
          value: await bench.person('get_directory_details', { directory_id: directory.id }),
        },
      },
    ],
  ];
  for (const [id, each] of found) {
    documents.set(each.kind, renderDetails(english, { id, found: each, read: READ, whole: false }));
    documents.set(
      `${each.kind} as JSON`,
      JSON.stringify(each.outcome.ok ? each.outcome.value : each.outcome.error),
    );
  }
});

/** Escapes and code spans as CommonMark reads them from left to right: a span ends at the next run as long as its first. */
const INERT = /\\[^]|(`+)(?!`)[^]*?[^`]\1(?!`)/gu;
/** What renderers look for addresses in: text between code spans, in old ones when escapes are gone already. */
const searched = (line: string) =>
  line.replaceAll(INERT, (found) => (found.startsWith('\\') ? found.slice(1) : '\n'));

describe.each(['organization', 'connection', 'directory'])('details of a poisoned %s', (kind) => {
  const whole = () => documents.get(kind)!;
  const readable = () => whole().split('\n## JSON\n')[0]!;

  it('show the poison as text', () => {
    expect(readable()).toContain('click');
    expect(readable()).toContain('evil');
  });

  it('have no hidden character but line ends', () => {
    expect(whole().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(whole()).not.toContain('://');
  });

  it('consist of the lines that the product writes', () => {
    const lines = readable()
      .split('\n')
      .filter((line) => line !== '');
    const headings = lines.filter((line) => line.startsWith('#'));
    expect(headings.filter((line) => line.startsWith('# '))).toHaveLength(1);
    for (const heading of headings.slice(1)) expect(heading).toMatch(/^## [A-Z][A-Za-z ]+$/u);
    for (const line of lines) expect(line).toMatch(/^(#{1,2} |(?: {2})?- [\p{L}\d*`]|[A-Z])/u);
  });

  it('make no link, image, HTML, emphasis or code of it', () => {
    for (const line of readable().split('\n')) {
      const rest = line.replaceAll(INERT, '');
      const own = rest.replace(/^( *- )\*\*([^*]*)\*\*(?= )/u, '$1$2');
      expect(own).not.toMatch(/[[\]<>`*~$|]|www\.|@/u);
      expect(searched(line)).not.toMatch(/\/\/|@/u);
    }
  });

  it('end with the JSON, whole', () => {
    const [, ticks = '', body = ''] = /\n## JSON\n\n(`{3,})json\n([^]*)\n\1\n$/u.exec(whole()) ?? [];
    expect(ticks).not.toBe('');
    expect(JSON.stringify(JSON.parse(body))).toBe(documents.get(`${kind} as JSON`));
  });
});
