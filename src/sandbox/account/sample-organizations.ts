import type { OrganizationContent } from './content.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

/** Acme Corp: everything works here, so that a finding at Acme is always a false one. */
export function acme(now: number): OrganizationContent {
  return {
    organization: {
      name: 'Acme Corp',
      created: now - 720 * DAY,
      updated: now - 61 * DAY,
      externalId: 'acme-corp',
      metadata: { tier: 'enterprise', region: 'us-east', account_owner: 'Dana Reyes' },
      domains: [
        { domain: 'acme.com', state: 'verified', created: now - 719 * DAY },
        { domain: 'acme.io', state: 'verified', created: now - 62 * DAY, updated: now - 61 * DAY },
      ],
    },
    connections: [
      {
        name: 'Okta SAML',
        type: 'OktaSAML',
        state: 'active',
        created: now - 700 * DAY,
        updated: now - 180 * DAY,
        domain: 'acme.com',
        expires: now + 540 * DAY,
        logins: 210,
      },
      {
        name: 'Entra ID OIDC',
        type: 'EntraIdOIDC',
        state: 'active',
        created: now - 47 * DAY,
        updated: now - 46 * DAY,
        domain: 'acme.io',
        logins: 70,
      },
    ],
    directories: [acmeDirectory(now)],
    audit: {
      state: 'active',
      retention: 365,
      rows: 1_500,
      stream: { type: 'Datadog', state: 'active', created: now - 300 * DAY, synced: now - 4 * MINUTE },
    },
    passwordLogins: 0,
  };
}

function acmeDirectory(now: number): OrganizationContent['directories'][number] {
  const users = 120;
  return {
    name: 'Acme Okta Directory',
    type: 'okta scim v2.0',
    state: 'linked',
    created: now - 420 * DAY,
    updated: now - 26 * HOUR,
    domain: 'acme.com',
    users,
    departments: 9,
    groups: [{ name: 'IT Admin Group', stride: 24, offset: 3, also: [users - 1], created: now - 33 * DAY }],
    newest: [
      { first: 'Robert', last: 'Brown', email: 'robert@acme.com' },
      { first: 'Jane', last: 'Smith', email: 'jane@acme.com' },
      { first: 'John', last: 'Doe', email: 'john@acme.com' },
    ],
    from: now - 419 * DAY,
    to: now - 26 * HOUR,
  };
}

/** Nordwind Logistics: a new organization with no SSO, no directory and its audit log switched off. */
export function nordwind(now: number): OrganizationContent {
  return {
    organization: {
      name: 'Nordwind Logistics',
      created: now - 21 * DAY,
      updated: now - 20 * DAY,
      externalId: null,
      metadata: {},
      domains: [
        {
          domain: 'nordwind-logistics.com',
          state: 'verified',
          created: now - 21 * DAY,
          updated: now - 20 * DAY,
        },
      ],
    },
    connections: [],
    directories: [],
    audit: { state: 'inactive', retention: 30, rows: 0 },
    passwordLogins: 18,
  };
}
