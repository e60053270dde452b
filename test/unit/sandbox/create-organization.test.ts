import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, type Json, NOW, startClient } from './support.ts';

let client: Client;

beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.sandbox.close());

describe('creating an organization', () => {
  it('keeps what was asked for and shows it first', async () => {
    const { status, body } = await client.post('/organizations', {
      name: 'Initech',
      domain_data: [
        { domain: 'Initech.example', state: 'pending' },
        { domain: 'initech.test', state: 'verified' },
      ],
      external_id: 'initech-1',
      metadata: { tier: 'gold' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Initech', external_id: 'initech-1', metadata: { tier: 'gold' } });
    expect(body.id).toMatch(/^org_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(Date.parse(body.created_at)).toBeGreaterThanOrEqual(NOW.getTime());
    expect(body.domains.map((row: Json) => [row.domain, row.state])).toEqual([
      ['initech.example', 'pending'],
      ['initech.test', 'verified'],
    ]);
    expect(body.domains[0].verification_token).toMatch(/^[A-Za-z0-9]{25}$/);
    expect((await client.get('/organizations?limit=1')).body.data).toEqual([body]);
    expect(client.sandbox.account.organizations.at(-1)).toEqual(body);
  });

  it('accepts a name that exists, null metadata and null external id, each with its own id', async () => {
    const bodies = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const { status, body } = await client.post('/organizations', {
        name: 'Acme Corp',
        metadata: null,
        external_id: null,
      });
      expect(status).toBe(201);
      expect(body).toMatchObject({ domains: [], metadata: {}, external_id: null });
      bodies.push(body.id);
    }
    expect(new Set(bodies).size).toBe(3);
  });

  it.each([
    [{}, 'name', 'required'],
    [[], 'name', 'required'],
    [{ name: '  ' }, 'name', 'invalid_name'],
    [{ name: 7 }, 'name', 'invalid_name'],
    [{ name: 'X', domain_data: 'x.example' }, 'domain_data', 'invalid_type'],
    [{ name: 'X', domain_data: [{ state: 'pending' }] }, 'domain_data.0.domain', 'required'],
    [
      { name: 'X', domain_data: [{ domain: 'nope', state: 'pending' }] },
      'domain_data.0.domain',
      'invalid_domain',
    ],
    [{ name: 'X', domain_data: [{ domain: 'x.example' }] }, 'domain_data.0.state', 'required'],
    [
      { name: 'X', domain_data: [{ domain: 'x.example', state: 'failed' }] },
      'domain_data.0.state',
      'invalid_state',
    ],
    [{ name: 'X', domains: ['x_y'] }, 'domains.0', 'invalid_domain'],
    [{ name: 'X', external_id: 'x'.repeat(129) }, 'external_id', 'invalid_external_id'],
    [{ name: 'X', external_id: 'é' }, 'external_id', 'invalid_external_id'],
  ])('refuses %j', async (asked, field, code) => {
    const before = client.sandbox.account.organizations.length;
    const { status, body } = await client.post('/organizations', asked);
    expect(status).toBe(422);
    expect(body).toEqual({ message: 'Validation failed', errors: [{ code, field }] });
    expect(client.sandbox.account.organizations).toHaveLength(before);
  });

  it.each([
    [Object.fromEntries(Array.from({ length: 51 }, (_, place) => [`k${place}`, 'v']))],
    [{ ['k'.repeat(41)]: 'v' }],
    [{ k: 'v'.repeat(601) }],
    [{ k: 1 }],
    ['text'],
  ])('refuses metadata beyond its limits', async (metadata) => {
    const { status, body } = await client.post('/organizations', { name: 'X', metadata });
    expect(status).toBe(400);
    expect(body.code).toBe('invalid_metadata');
    expect(typeof body.message).toBe('string');
  });

  it('accepts metadata and external id at their limits', async () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 50 }, (_, place) => [`${place}`.padEnd(40, 'k'), 'v'.repeat(600)]),
    );
    const { status, body } = await client.post('/organizations', {
      name: 'Limits',
      metadata,
      external_id: 'x'.repeat(128),
    });
    expect(status).toBe(201);
    expect(body.metadata).toEqual(metadata);
  });

  it('refuses an external id in use', async () => {
    const { status, body } = await client.post('/organizations', { name: 'X', external_id: 'acme-corp' });
    expect(status).toBe(400);
    expect(body.code).toBe('external_id_already_used');
  });

  it.each(['gmail.com', 'outlook.com', 'YAHOO.com'])('refuses the consumer domain %s', async (domain) => {
    const domain_data = [{ domain, state: 'pending' }];
    const { status, body } = await client.post('/organizations', { name: 'X', domain_data });
    expect(status).toBe(400);
    expect(body.code).toBe('consumer_domain_not_allowed');
  });

  it('refuses a domain that another organization has', async () => {
    const domain_data = [{ domain: 'ACME.com', state: 'pending' }];
    const { status, body } = await client.post('/organizations', { name: 'X', domain_data });
    expect(status).toBe(409);
    expect(body).toEqual({ message: 'An Organization with the domain acme.com already exists.' });
  });

  it('refuses a body that is not JSON or too large', async () => {
    const broken = await client.post('/organizations', '{"name":');
    expect(broken.status).toBe(400);
    expect(broken.body.code).toBe('invalid_json');
    const large = await client.post('/organizations', { name: 'x'.repeat(1_000_001) });
    expect(large.status).toBe(413);
  });
});
