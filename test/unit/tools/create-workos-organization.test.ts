import { beforeAll, describe, expect, it } from 'vitest';
import { newOrganization } from './objects.ts';
import { ids } from './reading.ts';
import { type Bench, startBench } from './support.ts';

const TOOL = 'create_workos_organization';
let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});

const posts = (of = bench) => of.requests('POST', '/organizations').length;
const isPost = ({ method }: { method: string }) => method === 'POST';

describe('create_workos_organization', () => {
  it('creates what was asked for and returns the TXT records to publish', async () => {
    const created = await bench.agent(TOOL, {
      name: '  Initech ',
      domains: ['Initech.example', 'bücher-initech.example'],
      external_id: 'initech 1',
      metadata: { tier: 'gold' },
    });
    const stored = bench.organization('Initech');
    expect(stored).toMatchObject({ external_id: 'initech 1', metadata: { tier: 'gold' } });
    expect(stored.domains.map(({ domain, state }) => [domain, state])).toEqual([
      ['initech.example', 'pending'],
      ['xn--bcher-initech-wob.example', 'pending'],
    ]);
    expect(created).toEqual({
      environment: { name: 'Sample account', kind: 'sandbox' },
      complete: true,
      summary: expect.stringMatching(/^Created "Initech" in the sandbox environment "Sample account"\.$/u),
      organization: {
        id: stored.id,
        name: 'Initech',
        external_id: 'initech 1',
        created_at: stored.created_at,
        domains: stored.domains.map(({ domain, verification_prefix, verification_token: value }) => ({
          domain,
          state: 'pending',
          dns_record: { type: 'TXT', name: `${verification_prefix}.${domain}`, value },
        })),
        metadata: { tier: 'gold' },
      },
    });
    const shown = await bench.agent('get_organization_details', { organization: 'initech.example' });
    expect(shown.domains?.[0]?.dns_record).toEqual(created.organization.domains?.[0]?.dns_record);
  });

  it('creates verified domains when told to, without a record to publish', async () => {
    const { organization } = await bench.agent(TOOL, {
      name: 'Verified Ltd',
      domains: ['verified.example', 'VERIFIED.example.', 'verified.example'],
      domain_state: 'verified',
    });
    expect(organization.domains).toEqual([{ domain: 'verified.example', state: 'verified' }]);
    expect(bench.organization('Verified Ltd').domains.map(({ state }) => state)).toEqual(['verified']);
  });

  it('creates nothing in a dry run and says what it would create, and where', async () => {
    const before = [posts(), bench.account.organizations.length];
    const planned = await bench.agent(TOOL, { name: 'Dry', domains: ['DRY.example'], dry_run: true });
    expect(planned).toMatchObject({
      dry_run: true,
      summary:
        'Nothing was created. Without dry_run this creates "Dry" in the sandbox environment "Sample account".',
      organization: { name: 'Dry', domains: [{ domain: 'dry.example', state: 'pending' }] },
    });
    expect(planned.organization).not.toHaveProperty('id');
    expect([posts(), bench.account.organizations.length]).toEqual(before);
    const taken = { name: 'Dry', domains: ['acme.com'], dry_run: true };
    expect(await bench.refused(TOOL, taken)).toMatchObject({ code: 'CONFLICT' });
  });

  it('finds a taken domain before it writes, and says who has it', async () => {
    const before = posts();
    const error = await bench.refused(TOOL, { name: 'New', domains: ['new.example', 'ACME.com'] });
    expect(error).toMatchObject({ code: 'CONFLICT' });
    expect(error.message).toContain(`acme.com (${bench.organization('Acme Corp').id})`);
    expect(error.message).not.toContain('new.example');
    expect(error.hint).toContain('get_organization_details');
    expect(posts()).toBe(before);
  });

  it('explains a domain taken between the check and the write', async () => {
    const own = await startBench();
    own.sandbox.faults.set({
      kind: 'latency',
      ms: 0,
      match: (request) => {
        if (isPost(request)) newOrganization(own.account, 'Faster', ['raced.example']);
        return false;
      },
    });
    const error = await own.refused(TOOL, { name: 'Slower', domains: ['raced.example'] });
    expect(error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('raced.example'),
      hint: expect.stringContaining('list_workos_organizations'),
    });
    expect(own.account.organizations.map(({ name }) => name)).not.toContain('Slower');
  });

  it('explains an external_id that is used already, in a dry run too and without a POST', async () => {
    const own = await startBench();
    const input = { name: 'Other', domains: ['other.example'], external_id: 'acme-corp' };
    for (const dry_run of [true, false]) {
      expect(await own.refused(TOOL, { ...input, dry_run })).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining(`"acme-corp" is already used by another organization (org_`),
      });
    }
    expect(posts(own)).toBe(0);
  });

  it('explains an external_id that is taken in the last moment', async () => {
    const own = await startBench();
    const lookup = ({ path }: { path: string }) => path.startsWith('/organizations/external_id/');
    own.sandbox.faults.set({ kind: 'status', status: 404, match: lookup });
    const input = { name: 'Other', domains: ['other.example'], external_id: 'acme-corp' };
    expect(await own.refused(TOOL, input)).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('"acme-corp" is already used by another organization.'),
    });
    expect(posts(own)).toBe(1);
  });

  it('sends the POST once, and says how to look when no answer came', async () => {
    const own = await startBench();
    own.sandbox.faults.set({ kind: 'reset-after', match: isPost });
    const error = await own.refused(TOOL, { name: 'Unsure', domains: ['unsure.example', 'b.example'] });
    expect(error.code).toBe('OUTCOME_UNKNOWN');
    expect(posts(own)).toBe(1);
    const [, tool, input = '{}'] = /Call (\w+) with (\{.*\}) to see/u.exec(error.hint ?? '') ?? [];
    expect(tool).toBe('list_workos_organizations');
    const found = await own.agent('list_workos_organizations', JSON.parse(input));
    expect(ids(found.items)).toEqual([own.organization('Unsure').id]);
  });

  it.each([
    ['a reset before it took effect', { kind: 'reset' }],
    ['a page of a proxy', { kind: 'status', status: 502 }],
    ['an overloaded server', { kind: 'status', status: 503, headers: { 'retry-after': '0' } }],
  ] as const)('does not repeat the POST after %s', async (_what, fault) => {
    const own = await startBench();
    own.sandbox.faults.set({ ...fault, match: isPost });
    const error = await own.refused(TOOL, { name: 'Once', domains: ['once.example'] });
    expect(error.code).toBe('OUTCOME_UNKNOWN');
    expect(posts(own)).toBe(1);
  });
});

describe('an organization of a name that exists', () => {
  const twin = (place: number) => ({ name: 'acme CORP', domains: [`twin-${place}.example`] });

  it('is refused when nobody can be asked, also when a hundred similar names are newer', async () => {
    const own = await startBench();
    for (let place = 0; place < 120; place += 1) newOrganization(own.account, `Acme Corp ${place}`);
    const error = await own.refused(TOOL, twin(0));
    expect(error.code).toBe('CONFLICT');
    expect(error.message).toContain(own.organization('Acme Corp').id);
    expect(error.hint).toContain('external_id');
    expect(posts(own)).toBe(0);
  });

  it('is created when the person says yes, and not when they say no', async () => {
    const asked: string[] = [];
    const answering = (answer: boolean) => ({
      confirm: async (question: string) => {
        asked.push(question);
        return answer;
      },
    });
    const before = posts();
    expect(await bench.refused(TOOL, twin(1), answering(false))).toMatchObject({ code: 'DECLINED' });
    expect(posts()).toBe(before);
    await bench.agent(TOOL, twin(1), answering(true));
    expect(posts()).toBe(before + 1);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain(bench.organization('Acme Corp').id);
  });

  it('asks nobody in a dry run, but says that it will', async () => {
    const confirm = () => Promise.reject(new Error('asked'));
    const { summary } = await bench.agent(TOOL, { ...twin(2), dry_run: true }, { confirm });
    expect(summary).toMatch(/exists already \(org_\w+\): the person will be asked first\.$/u);
    expect(await bench.refused(TOOL, { ...twin(2), dry_run: true })).toMatchObject({ code: 'CONFLICT' });
  });

  it('needs no yes when an external_id tells the two apart', async () => {
    const { organization } = await bench.agent(TOOL, { ...twin(3), external_id: 'acme-2' });
    expect(bench.account.organizations.at(-1)).toMatchObject({ id: organization.id, external_id: 'acme-2' });
  });
});
