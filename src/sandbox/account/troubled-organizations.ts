import type { OrganizationContent } from './content.ts';
import { DAY, HOUR } from './time.ts';

/** Global Tech: a directory whose credentials stopped working, failed logins, a domain still pending. */
export function globalTech(now: number): OrganizationContent {
  return {
    organization: {
      name: 'Global Tech',
      created: now - 540 * DAY,
      updated: now - 12 * DAY,
      externalId: 'global-tech',
      metadata: { tier: 'business', region: 'eu-west' },
      domains: [
        { domain: 'globaltech.com', state: 'verified', created: now - 539 * DAY },
        { domain: 'globaltech.dev', state: 'pending', created: now - 12 * DAY },
      ],
    },
    connections: [
      {
        name: 'Google OAuth',
        type: 'GoogleOAuth',
        state: 'active',
        created: now - 530 * DAY,
        updated: now - 530 * DAY,
        domain: 'globaltech.com',
        logins: 60,
      },
      {
        name: 'JumpCloud SAML',
        type: 'JumpCloudSAML',
        state: 'active',
        created: now - 240 * DAY,
        updated: now - 239 * DAY,
        domain: 'globaltech.com',
        expires: now + 410 * DAY,
        logins: 50,
        failures: 14,
      },
    ],
    directories: [
      {
        name: 'Global Tech Google Workspace',
        type: 'gsuite directory',
        state: 'invalid_credentials',
        created: now - 500 * DAY,
        updated: now - 6 * DAY,
        domain: 'globaltech.com',
        users: 64,
        departments: 6,
        groups: [{ name: 'Contractors', stride: 16, offset: 5, also: [] }],
        newest: [],
        from: now - 500 * DAY,
        to: now - 6 * DAY - 3 * HOUR,
      },
    ],
    audit: { state: 'active', retention: 90, rows: 420 },
    passwordLogins: 0,
  };
}

/** Stark Industries: a certificate about to expire, a connection switched off, a directory unlinked. */
export function stark(now: number): OrganizationContent {
  return {
    organization: {
      name: 'Stark Industries',
      created: now - 410 * DAY,
      updated: now - 33 * DAY,
      externalId: 'stark-industries',
      metadata: { tier: 'enterprise', region: 'us-east' },
      domains: [{ domain: 'starkindustries.com', state: 'verified', created: now - 409 * DAY }],
    },
    connections: [
      {
        name: 'Stark ADFS SAML',
        type: 'ADFSSAML',
        state: 'active',
        created: now - 400 * DAY,
        updated: now - 399 * DAY,
        domain: 'starkindustries.com',
        expires: now + 9 * DAY + HOUR,
        logins: 120,
      },
      {
        name: 'OneLogin SAML',
        type: 'OneLoginSAML',
        state: 'inactive',
        created: now - 390 * DAY,
        updated: now - 33 * DAY,
        domain: 'starkindustries.com',
        expires: now + 200 * DAY,
        logins: 0,
      },
    ],
    directories: [
      {
        name: 'Stark Workday',
        type: 'workday',
        state: 'unlinked',
        created: now - 380 * DAY,
        updated: now - 15 * DAY,
        domain: 'starkindustries.com',
        users: 18,
        departments: 3,
        groups: [],
        newest: [],
        from: now - 380 * DAY,
        to: now - 40 * DAY,
      },
    ],
    audit: {
      state: 'active',
      retention: 90,
      rows: 300,
      stream: { type: 'S3', state: 'active', created: now - 200 * DAY, synced: now - HOUR },
    },
    passwordLogins: 0,
  };
}

/** Umbra Health: SSO never completed, a domain whose verification failed, a log stream that broke. */
export function umbra(now: number, users: number): OrganizationContent {
  return {
    organization: {
      name: 'Umbra Health',
      created: now - 160 * DAY,
      updated: now - 41 * DAY,
      externalId: 'umbra-health',
      metadata: { tier: 'business', region: 'us-west' },
      domains: [
        { domain: 'umbrahealth.com', state: 'verified', created: now - 159 * DAY },
        { domain: 'umbrahealth.org', state: 'failed', created: now - 41 * DAY, updated: now - 11 * DAY },
      ],
    },
    connections: [
      {
        name: 'Umbra Entra SAML',
        type: 'AzureSAML',
        state: 'validating',
        created: now - 8 * DAY,
        updated: now - 8 * DAY,
        domain: 'umbrahealth.com',
        expires: now + 700 * DAY,
        logins: 0,
      },
    ],
    directories: [
      {
        name: 'Umbra Entra ID Directory',
        type: 'azure scim v2.0',
        state: 'linked',
        created: now - 150 * DAY,
        updated: now - 30 * HOUR,
        domain: 'umbrahealth.com',
        users,
        departments: 7,
        groups: [{ name: 'Clinicians', stride: 5, offset: 2, also: [] }],
        newest: [],
        from: now - 150 * DAY,
        to: now - 30 * HOUR,
      },
    ],
    audit: {
      state: 'active',
      retention: 180,
      rows: 220,
      stream: { type: 'Splunk', state: 'error', created: now - 120 * DAY, synced: now - 3 * DAY },
    },
    passwordLogins: 40,
  };
}
