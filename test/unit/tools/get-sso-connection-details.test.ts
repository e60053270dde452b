import { beforeAll, describe, expect, it } from 'vitest';
import { newConnection, newEvent } from './objects.ts';
import { readAll } from './reading.ts';
import { type Bench, DAY, startBench } from './support.ts';

const TOOL = 'get_sso_connection_details';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

const events = (organization: string, type: string, connection: string) =>
  bench.account
    .eventsOf(bench.organization(organization).id)
    .filter(({ event, data }) => event === type && JSON.stringify(data).includes(connection));

describe('get_sso_connection_details', () => {
  it('shows a healthy connection: state, certificate from itself, last login', async () => {
    const { id, created_at, updated_at, options } = bench.connection('Okta SAML');
    const login = events('Acme Corp', 'authentication.sso_succeeded', id).at(-1);
    const found = await bench.agent(TOOL, { connection_id: id });
    expect(found).toMatchObject({
      id,
      name: 'Okta SAML',
      type: 'OktaSAML',
      protocol: 'SAML',
      provider: 'Okta',
      state: 'active',
      created_at,
      updated_at,
      complete: true,
      organization: { id: bench.organization('Acme Corp').id, name: 'Acme Corp' },
      domains: [{ domain: 'acme.com' }],
      state_meaning: 'Users can sign in through it.',
      certificate: { status: 'ok', days_left: 539, source: 'certificate' },
      last_login: { time: login?.created_at, email: login?.data['email'] },
      totals: { issues: 0, domains: 1, failures: 0 },
    });
    expect(found).not.toHaveProperty('last_login_note');
    expect(JSON.stringify(found)).not.toContain((options?.signing_cert ?? '').slice(60, 120));
  });

  it('groups the failures of the last 7 days by error, most frequent first', async () => {
    const { id } = bench.connection('JumpCloud SAML');
    const failed = events('Global Tech', 'authentication.sso_failed', id);
    const counts = new Map<string, number>();
    for (const { data } of failed) {
      const { code } = data['error'] as { code: string };
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const { failures = [], issues } = await bench.agent(TOOL, { connection_id: id });
    expect(new Map(failures.map(({ error, count }) => [error, count]))).toEqual(counts);
    const sizes = failures.map(({ count }) => count);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    for (const { error, last, message } of failures) {
      const own = failed.filter(({ data }) => (data['error'] as { code: string }).code === error);
      expect(last).toBe(own.at(-1)?.created_at);
      expect(message).toMatch(/\.$/u);
    }
    expect(issues).toEqual([
      expect.objectContaining({ code: 'sso_failures', message: expect.stringContaining('14 failed logins') }),
    ]);
  });

  it('leaves out failures of other connections and of more than 7 days ago', async () => {
    const own = await startBench();
    const { id, organization_id } = own.connection('Entra ID OIDC');
    const fail = (connection_id: string, age: number) =>
      newEvent(own.account, organization_id, {
        event: 'authentication.sso_failed',
        created_at: new Date(Date.now() - age).toISOString(),
        data: { sso: { connection_id }, error: null },
      });
    fail(id, 6.9 * DAY);
    fail(id, 7.1 * DAY);
    fail(own.connection('Okta SAML').id, DAY);
    const found = await own.agent(TOOL, { connection_id: id });
    expect(found.failures).toEqual([{ error: 'unknown', count: 1, last: expect.any(String) }]);
    expect(found.issues?.map(({ message }) => message)).toEqual([expect.stringContaining('1 failed login ')]);
  });

  it('says what a state means and that nobody has signed in', async () => {
    const { id } = bench.connection('Umbra Entra SAML');
    const found = await bench.agent(TOOL, { connection_id: id });
    expect(found).toMatchObject({
      state: 'validating',
      state_meaning: 'Set up, but nobody has signed in successfully yet.',
      last_login_note: expect.stringMatching(/^No successful login seen since \d{4}-/u),
    });
    expect(found).not.toHaveProperty('last_login');
    const [, since = ''] = /since (\S+)\.$/u.exec(found.last_login_note ?? '') ?? [];
    expect(Math.round((Date.now() - Date.parse(since)) / DAY)).toBe(30);
  });

  it('claims no silence that it has not read', async () => {
    const own = await startBench({ patienceMs: 1 });
    own.sandbox.faults.set({ kind: 'latency', ms: 20, match: ({ path }) => path === '/events' });
    const found = await own.agent(TOOL, { connection_id: own.connection('Umbra Entra SAML').id });
    expect(found.complete).toBe(false);
    const [, since = ''] = /since (\S+)\.$/u.exec(found.last_login_note ?? '') ?? [];
    expect(Date.now() - Date.parse(since)).toBeLessThan(2 * DAY);
  });

  it('tells of a certificate: from the certificate, from renewal events, or unknown', async () => {
    const own = await startBench();
    const adfs = own.connection('Stark ADFS SAML');
    const health = async (connection_id: string) => (await own.agent(TOOL, { connection_id })).certificate;
    const fromCertificate = await health(adfs.id);
    expect(fromCertificate).toMatchObject({ status: 'expiring', days_left: 9, source: 'certificate' });
    adfs.options = { signing_cert: null };
    const fromEvent = await health(adfs.id);
    expect(fromEvent).toMatchObject({ status: 'expiring', days_left: 9, source: 'renewal_event' });
    expect(fromEvent?.expires_at?.slice(0, 19)).toBe(fromCertificate?.expires_at?.slice(0, 19));
    const other = own.connection('Okta SAML');
    other.options = { signing_cert: 'not a certificate' };
    expect(await health(other.id)).toEqual({ status: 'unknown' });
    expect(await health(own.connection('Google OAuth').id)).toBeUndefined();
  });

  it('gives more failures than fit by section', async () => {
    const own = await startBench();
    const { id, organization_id } = own.connection('Okta SAML');
    for (let place = 0; place < 40; place += 1) {
      newEvent(own.account, organization_id, {
        event: 'authentication.sso_failed',
        data: { sso: { connection_id: id }, error: { code: `code_${place}`, message: 'm'.repeat(400) } },
      });
    }
    const found = await own.agent(TOOL, { connection_id: id });
    expect(found.totals).toMatchObject({ failures: 40 });
    expect(found.omitted?.['failures']).toBeGreaterThanOrEqual(30);
    const { items, pages } = await readAll(own.agent, TOOL, { connection_id: id, section: 'failures' });
    expect(new Set(items.map(({ error }) => error)).size).toBe(40);
    expect(pages.length).toBeGreaterThan(1);
    const other = newConnection(own.account, organization_id);
    const cursor = pages[0]?.next_cursor;
    const foreign = { connection_id: other.id, section: 'failures', cursor };
    expect(await own.refused(TOOL, foreign)).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it('names the list tool for an id that does not exist, and takes only ids', async () => {
    expect(await bench.refused(TOOL, { connection_id: 'conn_01NO' })).toMatchObject({
      code: 'NOT_FOUND',
      hint: expect.stringContaining('list_sso_connections'),
    });
    expect(await bench.refused(TOOL, { connection_id: '../organizations' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});
