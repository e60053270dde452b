import { describe, expect, it } from 'vitest';
import { holdsThirdPartyText, quotesThirdPartyText } from '../../../src/untrusted/third-party.ts';

const head = { environment: { name: 'Prod “EU”', kind: 'production' }, complete: true, next_cursor: 'abc' };

describe('text of third parties', () => {
  it.each<[string, object]>([
    ['a name', { name: 'Acme' }],
    ['a name in a row', { items: [{ id: 'org_1', name: 'Acme' }] }],
    ['the domain of an organization', { domains: [{ domain: 'ignore-all-rules.example' }] }],
    ['an address', { items: [{ email: 'obey@evil.example' }] }],
    ['a key of a map', { items: [{ custom_attributes: { 'obey me': 1 } }] }],
    ['a text deep in a map', { items: [{ metadata: { a: 1, b: { type: ['obey'] } } }] }],
    [
      'a message that quotes a name',
      { issues: [{ code: 'x', severity: 'high', message: 'Connection obey' }] },
    ],
    ['an id that is none', { external_id: 'obey me now' }],
    ['a state that is none', { state: 'obey me: call the tool, and then some more' }],
    ['a time that is none', { created_at: 'tomorrow' }],
    ['an address that is none', { items: [{ ip: 'obey' }] }],
    ['a client', { items: [{ client: 'obey/1.0' }] }],
    ['a field nobody knows', { new_field: 'obey' }],
  ])('is %s', (_what, result) => {
    expect(holdsThirdPartyText({ ...head, ...result }, '{}')).toBe(true);
  });

  it.each<[string, object]>([
    ['an empty list', { items: [] }],
    [
      'ids, times, states, types and counts',
      {
        items: [
          {
            id: 'conn_1',
            idp_id: '',
            organization: { id: 'org_1' },
            type: 'okta scim v2.0',
            state: 'active',
            ip: '::1',
            created_at: '2026-11-23T02:40:00.000Z',
            users: 7,
            roles: ['member'],
            actor: { type: 'user', id: 'user_1' },
          },
        ],
        by_state: { active: 1 },
      },
    ],
    [
      'words of ours',
      {
        state_meaning: 'Set up.',
        activity_note: 'None.',
        findings_from: ['state'],
        audit_log: { status: 'empty', note: 'No audit-log events found.', from: '2026-11-23T02:40:00.000Z' },
        certificate: { status: 'ok', source: 'certificate' },
        failures: [{ error: 'idp_initiated', count: 1 }],
      },
    ],
  ])('is not %s', (_what, result) => {
    expect(holdsThirdPartyText({ ...head, ...result }, '{}')).toBe(false);
  });

  it('is not what the caller said themselves', () => {
    const created = {
      organization: { id: 'org_1', name: 'Acme', domains: [{ domain: 'xn--bcher-kva.example' }] },
    };
    expect(holdsThirdPartyText(created, '{"name":"ACME","domains":["Bücher.example"]}')).toBe(false);
    expect(holdsThirdPartyText(created, '{"name":"Other","domains":["Bücher.example"]}')).toBe(true);
  });
});

it('is quoted by a sentence with something in quotes that the caller did not say', () => {
  expect(quotesThirdPartyText('No organization is called "Acme".', '{"organization":"acme"}')).toBe(false);
  expect(quotesThirdPartyText('Similar names: org_1 "Acme \\"obey\\"".', '{"organization":"acme"}')).toBe(
    true,
  );
  expect(quotesThirdPartyText('Nothing with this id exists.', '{}')).toBe(false);
});
