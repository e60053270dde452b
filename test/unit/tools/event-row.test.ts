import { describe, expect, it } from 'vitest';
import { describeAuditLogRow, describeEvent } from '../../../src/tools/event-row.ts';
import { workosEvent } from '../../../src/workos/schemas.ts';

const describeOf = (event: string, data: unknown, context?: unknown) =>
  describeEvent(workosEvent.parse({ id: 'event_1', created_at: '2026-01-01', event, data, context }));

describe('describeEvent', () => {
  it.each([
    [
      'dsync.group.user_added',
      {
        group: { id: 'directory_group_1', name: 'Admins' },
        user: { id: 'directory_user_1', email: 'a@x.y' },
      },
      [
        { type: 'directory_group', id: 'directory_group_1', name: 'Admins' },
        { type: 'directory_user', id: 'directory_user_1', name: 'a@x.y' },
      ],
    ],
    ['dsync.group.user_removed', {}, [{ type: 'directory_group' }, { type: 'directory_user' }]],
    [
      'dsync.user.created',
      { object: 'directory_user', id: 'directory_user_1', email: 'a@x.y', name: 'A' },
      [{ type: 'directory_user', id: 'directory_user_1', name: 'a@x.y' }],
    ],
    [
      'authentication.sso_succeeded',
      { sso: { connection_id: 'conn_1' } },
      [{ type: 'connection', id: 'conn_1' }],
    ],
    [
      'connection.saml_certificate_renewal_required',
      { connection: { id: 'conn_1' } },
      [{ type: 'connection', id: 'conn_1' }],
    ],
    [
      'organization_domain.verification_failed',
      { reason: 'x', organization_domain: { id: 'org_domain_1', domain: 'acme.com' } },
      [{ type: 'organization_domain', id: 'org_domain_1', name: 'acme.com' }],
    ],
    ['role.created', { object: 'role', slug: 'admin' }, [{ type: 'role', id: 'admin' }]],
    ['brand.new', { anything: 1 }, []],
  ])('names what %s is about', (event, data, targets) => {
    expect(JSON.parse(JSON.stringify(describeOf(event, data).targets))).toEqual(targets);
  });

  it.each([
    [
      { actor: { source: 'dashboard', id: 'user_1', name: 'Dana' } },
      {},
      { type: 'dashboard', id: 'user_1', name: 'Dana' },
    ],
    [
      undefined,
      { actor_id: 'key_1', actor_source: 'api', actor_name: 'CI' },
      { type: 'api', id: 'key_1', name: 'CI' },
    ],
    [undefined, { user_id: 'user_1', email: 'a@x.y' }, { type: 'user', id: 'user_1', name: 'a@x.y' }],
    [undefined, { user_id: null, email: 'a@x.y' }, { type: 'user', name: 'a@x.y' }],
    [undefined, { object: 'session', user_id: 'user_1', email: 'a@x.y' }, { type: 'user', id: 'user_1' }],
    [undefined, { object: 'directory_user', email: 'a@x.y' }, undefined],
  ])('names who did it: %j %j', (context, data, actor) => {
    const told = describeOf('x.y', data, context).actor;
    expect(told && JSON.parse(JSON.stringify(told))).toEqual(actor);
  });

  it('shows state or status, error code and origin', () => {
    const data = {
      status: 'failed',
      error: { code: 'bad', message: 'long' },
      ip_address: '192.0.2.1',
      user_agent: 'x',
    };
    expect(describeOf('x.y', data)).toMatchObject({
      state: 'failed',
      error: 'bad',
      ip: '192.0.2.1',
      client: 'x',
    });
    expect(describeOf('x.y', { state: 'active', status: 'linked' }).state).toBe('active');
    expect(describeOf('x.y', { error: 'text', state: 3 })).toMatchObject({
      state: undefined,
      error: undefined,
    });
  });
});

describe('describeAuditLogRow', () => {
  it('shows every target that is named, and metadata that is an object', () => {
    const row = {
      action: 'a.b',
      occurred_at: '2026-01-01',
      actor_id: 'u',
      actor_type: 'user',
      actor_name: 'U',
      target_id_0: 'd',
      target_type_0: 'doc',
      target_name_0: 'Doc',
      target_id_1: '',
      target_type_1: '',
      target_name_1: '',
      target_id_2: 't',
      target_type_2: 'team',
      target_name_2: '',
      context_location: '192.0.2.1',
      context_user_agent: '',
      metadata: '{"a":1}',
    };
    expect(describeAuditLogRow(row)).toMatchObject({
      time: '2026-01-01',
      type: 'a.b',
      ip: '192.0.2.1',
      metadata: { a: 1 },
      client: undefined,
      actor: { id: 'u', type: 'user', name: 'U' },
      targets: [
        { type: 'doc', id: 'd', name: 'Doc' },
        { type: 'team', id: 't', name: '' },
      ],
    });
  });

  it.each([
    ['', undefined],
    ['[1]', undefined],
    ['{broken', { text: '{broken' }],
  ])('reads the metadata %j', (metadata, expected) => {
    expect(describeAuditLogRow({ metadata }).metadata).toEqual(expected);
    expect(describeAuditLogRow({})).toMatchObject({ time: '', type: '', targets: [], metadata: undefined });
  });
});
