import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../../src/workos/event-types.ts';
import { loadSpecification } from './spec.ts';
import { type Client, getPatiently, startClient } from './support.ts';

const specification = loadSpecification();
let client: Client;

beforeAll(async () => {
  client = await startClient({ organizations: 60 });
});
afterAll(() => client.sandbox.close());

describe('bodies follow the WorkOS specification', () => {
  it.each([
    ['/organizations?limit=100', 'OrganizationList', 60],
    ['/connections?limit=100', 'ConnectionList', 7],
    ['/directories?limit=100', 'DirectoryList', 4],
  ])('%s', async (path, schema, least) => {
    const { status, headers, body } = await client.get(path);
    expect(status).toBe(200);
    expect(headers.get('x-request-id')).toMatch(/^req_[0-9A-Z]{26}$/);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body.data.length).toBeGreaterThanOrEqual(least);
    expect(specification.problems(schema, body)).toEqual([]);
  });

  it('an organization read by external_id and a group read by id equal their rows', async () => {
    const acme = client.sandbox.account.organizations.find(({ name }) => name === 'Acme Corp')!;
    const byExternalId = await client.get(`/organizations/external_id/${acme.external_id}`);
    expect(byExternalId.body).toMatchObject({ id: acme.id, name: 'Acme Corp' });
    expect(specification.problems('Organization', byExternalId.body)).toEqual([]);
    expect((await client.get('/organizations/external_id/nobody')).status).toBe(404);
    const [directory] = client.sandbox.account.directories;
    const [group] = client.sandbox.account.groupsOf(directory!.id);
    const byId = await client.get(`/directory_groups/${group!.id}`);
    expect(byId.body).toEqual(group);
    expect(specification.problems('DirectoryGroup', byId.body)).toEqual([]);
    expect((await client.get('/directory_groups/directory_group_01NO')).status).toBe(404);
  });

  it('each object read alone equals its row in the list', async () => {
    for (const [path, schema] of [
      ['/organizations', 'Organization'],
      ['/connections', 'Connection'],
      ['/directories', 'Directory'],
    ] as const) {
      const { body } = await client.get(`${path}?limit=100`);
      for (const row of body.data.slice(0, 12)) {
        const single = await client.get(`${path}/${row.id}`);
        expect(single.status).toBe(200);
        expect(single.body).toEqual(row);
        expect(specification.problems(schema, single.body)).toEqual([]);
      }
    }
  });

  it('users and groups of every sample directory', async () => {
    for (const directory of client.sandbox.account.directories) {
      const users = await getPatiently(client, `/directory_users?limit=100&directory=${directory.id}`);
      const groups = await client.get(`/directory_groups?limit=100&directory=${directory.id}`);
      expect(users.body.data.length).toBeGreaterThan(0);
      expect(groups.body.data.length).toBe(directory.metadata.groups);
      expect(specification.problems('DirectoryUserList', users.body)).toEqual([]);
      expect(specification.problems('DirectoryGroupList', groups.body)).toEqual([]);
    }
  });

  it('audit log configurations', async () => {
    for (const { id } of client.sandbox.account.organizations) {
      const { status, body } = await client.get(`/organizations/${id}/audit_log_configuration`);
      expect(status).toBe(200);
      expect(body.organization_id).toBe(id);
      expect(specification.problems('AuditLogConfiguration', body)).toEqual([]);
    }
  });

  it('events, each by the branch of its type', async () => {
    const seen = new Set<string>();
    for (const event of client.sandbox.account.allEvents()) {
      seen.add(event.event);
      expect({ id: event.id, problems: specification.eventProblems(event) }).toEqual({
        id: event.id,
        problems: [],
      });
    }
    expect([...seen].sort()).toEqual([
      'authentication.password_succeeded',
      'authentication.sso_failed',
      'authentication.sso_succeeded',
      'connection.activated',
      'connection.deactivated',
      'connection.saml_certificate_renewal_required',
      'dsync.activated',
      'dsync.deactivated',
      'dsync.group.created',
      'dsync.group.updated',
      'dsync.group.user_added',
      'dsync.user.created',
      'dsync.user.updated',
      'organization.created',
      'organization.updated',
      'organization_domain.created',
      'organization_domain.verification_failed',
      'organization_domain.verified',
      'session.created',
    ]);
  });

  it('an organization that has just been created', async () => {
    const { status, body } = await client.post('/organizations', {
      name: 'Fresh Foods',
      domain_data: [{ domain: 'fresh.example', state: 'pending' }],
      external_id: 'fresh-1',
      metadata: { tier: 'trial' },
    });
    expect(status).toBe(201);
    expect(specification.problems('Organization', body)).toEqual([]);
    const { body: page } = await client.get(
      `/events?events=organization.created,organization_domain.created&organization_id=${body.id}`,
    );
    expect(page.data.map(({ event }: { event: string }) => event)).toEqual([
      'organization.created',
      'organization_domain.created',
    ]);
    for (const event of page.data) expect(specification.eventProblems(event)).toEqual([]);
  });

  it('finds a fault where there is one', () => {
    expect(specification.problems('Organization', { object: 'organization', id: 3 })).not.toEqual([]);
    expect(specification.eventProblems({ event: 'session.created' })).not.toEqual([]);
  });

  it('knows every event type of the specification', () => {
    expect([...EVENT_TYPES]).toEqual(specification.eventTypes.toSorted());
  });
});
