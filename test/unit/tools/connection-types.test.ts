import { describe, expect, it } from 'vitest';
import { describeConnectionType, describeDirectoryType } from '../../../src/tools/connection-types.ts';

describe('describeConnectionType', () => {
  it.each([
    ['OktaSAML', 'SAML', 'Okta'],
    ['ADFSSAML', 'SAML', 'AD FS'],
    ['AzureSAML', 'SAML', 'Microsoft Entra ID'],
    ['EntraIdOIDC', 'OIDC', 'Microsoft Entra ID'],
    ['AdpOidc', 'OIDC', 'Adp'],
    ['LoginGovOidc', 'OIDC', 'Login.gov'],
    ['GitHubOAuth', 'OAuth', 'GitHub'],
    ['VercelMarketplaceOAuth', 'OAuth', 'Vercel Marketplace'],
    ['ShibbolethGenericSAML', 'SAML', 'Shibboleth Generic'],
    ['MagicLink', 'Magic Link', undefined],
    ['Pending', 'not chosen', undefined],
    ['BrandNewLDAP', undefined, 'Brand New LDAP'],
    ['SAML', undefined, 'SAML'],
  ])('%s', (type, protocol, provider) => {
    const told = describeConnectionType(type);
    expect([told.protocol, told.provider]).toEqual([protocol, provider]);
  });
});

describe('describeDirectoryType', () => {
  it.each([
    ['okta scim v2.0', 'Okta'],
    ['azure scim v2.0', 'Microsoft Entra ID'],
    ['gsuite directory', 'Google Workspace'],
    ['generic scim v1.1', 'Generic SCIM'],
    ['workday', 'Workday'],
    ['sftp workday', 'Workday (SFTP)'],
    ['some new thing', 'Some New Thing'],
    ['', undefined],
  ])('%j is %j', (type, provider) => {
    expect(describeDirectoryType(type)).toBe(provider);
  });
});
