import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateMaker } from '../../../src/sandbox/account/certificate.ts';
import { type Client, DAY, type Json, NOW, startClient } from './support.ts';

let client: Client;

beforeAll(async () => {
  client = await startClient();
});
afterAll(() => client.sandbox.close());

const eventsOf = (name: string): Json[] => [...client.sandbox.account.eventsOf(client.organization(name).id)];
const daysBefore = (time: string) => (NOW.getTime() - Date.parse(time)) / DAY;
const certificateOf = (name: string) => {
  const text = client.connection(name).options?.signing_cert;
  return typeof text === 'string' ? new X509Certificate(text) : undefined;
};

describe('trouble', () => {
  it('Global Tech: credentials, failed logins, a pending domain', () => {
    expect(client.directory('Global Tech Google Workspace')).toMatchObject({
      type: 'gsuite directory',
      state: 'invalid_credentials',
    });
    const pending = client.organization('Global Tech').domains.find(({ state }) => state === 'pending');
    expect(pending).toMatchObject({ domain: 'globaltech.dev', verification_strategy: 'dns' });
    expect(pending?.verification_prefix).toMatch(/^workos-domain-verification-\w{6}$/);
    expect(pending?.verification_token).toMatch(/^\w{25}$/);
    expect(daysBefore(pending?.created_at ?? '')).toBe(12);
    const failed = eventsOf('Global Tech').filter(({ event }) => event === 'authentication.sso_failed');
    expect(failed).toHaveLength(14);
    expect(new Set(failed.map(({ data }) => data.sso.connection_id))).toEqual(
      new Set([client.connection('JumpCloud SAML').id]),
    );
    expect(new Set(failed.map(({ data }) => data.error.code)).size).toBeGreaterThan(2);
    for (const { created_at } of failed) expect(daysBefore(created_at)).toBeLessThan(7);
    expect(client.connection('Google OAuth').connection_type).toBe('GoogleOAuth');
  });

  it('Stark Industries: a certificate about to expire, an inactive connection, an unlinked directory', () => {
    const certificate = certificateOf('Stark ADFS SAML');
    const left = ((certificate?.validToDate.getTime() ?? 0) - NOW.getTime()) / DAY;
    expect(Math.floor(left)).toBe(9);
    const notices = eventsOf('Stark Industries').filter(
      ({ event }) => event === 'connection.saml_certificate_renewal_required',
    );
    expect(notices.map(({ data }) => data.days_until_expiry)).toEqual([60, 30, 14, 10]);
    for (const { data } of notices) {
      expect(data.connection.id).toBe(client.connection('Stark ADFS SAML').id);
      expect(data.certificate.is_expired).toBe(false);
      expect(Date.parse(data.certificate.expiry_date)).toBe(certificate?.validToDate.getTime());
    }
    expect(client.connection('OneLogin SAML').state).toBe('inactive');
    expect(client.directory('Stark Workday').state).toBe('unlinked');
  });

  it('Umbra Health: SSO not completed, a failed domain, a broken log stream', () => {
    const umbra = client.organization('Umbra Health');
    expect(client.connection('Umbra Entra SAML').state).toBe('validating');
    const failed = umbra.domains.find(({ state }) => state === 'failed');
    expect(failed?.domain).toBe('umbrahealth.org');
    expect(daysBefore(failed?.created_at ?? '')).toBeGreaterThan(30);
    expect(eventsOf('Umbra Health').some(({ event }) => event.startsWith('authentication.sso'))).toBe(false);
    expect(client.sandbox.account.auditConfigurations.get(umbra.id)?.log_stream).toMatchObject({
      type: 'Splunk',
      state: 'error',
    });
  });

  it('Nordwind Logistics: no SSO, no directory, audit log switched off', () => {
    const { id } = client.organization('Nordwind Logistics');
    const { account } = client.sandbox;
    expect(account.connections.filter(({ organization_id }) => organization_id === id)).toEqual([]);
    expect(account.directories.filter(({ organization_id }) => organization_id === id)).toEqual([]);
    expect(account.auditConfigurations.get(id)?.state).toBe('inactive');
    expect(account.auditRowsOf(id)).toEqual([]);
  });
});

describe('certificates', () => {
  it('are real, self-signed and dated as asked', () => {
    const make = certificateMaker();
    for (const notAfter of [new Date('2030-02-03T04:05:06Z'), new Date('2051-02-03T04:05:06Z')]) {
      const notBefore = new Date('2020-01-01T00:00:00Z');
      const certificate = new X509Certificate(make({ commonName: 'sso.example.com', notBefore, notAfter }));
      expect(certificate.subject).toBe('CN=sso.example.com');
      expect(certificate.issuer).toBe('CN=sso.example.com');
      expect(certificate.validFromDate).toEqual(notBefore);
      expect(certificate.validToDate).toEqual(notAfter);
      expect(certificate.verify(certificate.publicKey)).toBe(true);
    }
  });

  it('of every SAML connection parse', () => {
    const { connections } = client.sandbox.account;
    const saml = connections.filter(({ connection_type }) => connection_type.endsWith('SAML'));
    expect(saml.map(({ name }) => certificateOf(name)?.subject)).toEqual([
      'CN=sso.acme.com',
      'CN=sso.starkindustries.com',
      'CN=sso.starkindustries.com',
      'CN=sso.globaltech.com',
      'CN=sso.umbrahealth.com',
    ]);
  });
});
