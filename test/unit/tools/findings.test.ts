import { describe, expect, it } from 'vitest';
import * as findings from '../../../src/tools/findings.ts';
import * as schemas from '../../../src/workos/schemas.ts';

const NOW = new Date('2026-09-15T10:00:00.000Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const domain = (state: string, age?: number) => {
  const created_at = age === undefined ? undefined : daysAgo(age);
  const { domains } = schemas.organization.parse({
    id: 'org_1',
    domains: [{ id: 'org_domain_1', domain: 'acme.com', state, created_at }],
  });
  return domains[0]!;
};
const connection = (state: string) => schemas.connection.parse({ id: 'conn_1', name: 'Okta', state });
const directory = (state: string) => schemas.directory.parse({ id: 'directory_1', name: 'Okta', state });
const brief = (issues: ReturnType<typeof findings.domainIssues>) =>
  issues.map(({ code, severity, ids }) => [code, severity, ids]);

describe('findings', () => {
  it.each([
    ['verified', []],
    ['legacy_verified', []],
    ['unverified', []],
    ['brand_new', []],
    ['failed', [['domain_failed', 'high', ['org_domain_1']]]],
    ['pending', [['domain_pending', 'medium', ['org_domain_1']]]],
  ])('a %s domain', (state, expected) => {
    expect(brief(findings.domainIssues(domain(state, 5), NOW))).toEqual(expected);
  });

  it.each([
    [0, 30],
    [12, 18],
    [29.5, 1],
    [31, 0],
  ])('a pending domain of %d days has %i left', (age, left) => {
    expect(findings.verificationDaysLeft(domain('pending', age), NOW)).toBe(left);
    expect(findings.domainIssues(domain('pending', age), NOW)[0]?.message).toMatch(
      left === 1 ? /within 1 day\./u : new RegExp(`within ${left} days\\.`, 'u'),
    );
  });

  it('knows no days left of a domain that is not pending, or without a date', () => {
    expect(findings.verificationDaysLeft(domain('failed', 5), NOW)).toBeUndefined();
    expect(findings.verificationDaysLeft(domain('pending'), NOW)).toBeUndefined();
    expect(findings.domainIssues(domain('pending'), NOW)[0]?.message).not.toContain('within');
  });

  it.each([
    ['active', undefined],
    ['brand_new', undefined],
    ['inactive', 'high'],
    ['validating', 'medium'],
    ['draft', 'medium'],
    ['requires_type', 'medium'],
    ['deleting', 'medium'],
  ])('a connection in state %s', (state, severity) => {
    const expected = severity === undefined ? [] : [[`connection_${state}`, severity, ['conn_1']]];
    expect(brief(findings.connectionIssues(connection(state)))).toEqual(expected);
    const known = findings.connectionStateMeaning(state) !== 'A state this server does not know.';
    expect(known).toBe(state !== 'brand_new');
  });

  it.each([
    ['linked', undefined],
    ['brand_new', undefined],
    ['invalid_credentials', 'high'],
    ['unlinked', 'high'],
    ['validating', 'medium'],
    ['deleting', 'medium'],
  ])('a directory in state %s', (state, severity) => {
    const expected = severity === undefined ? [] : [[`directory_${state}`, severity, ['directory_1']]];
    expect(brief(findings.directoryIssues(directory(state)))).toEqual(expected);
    const known = findings.directoryStateMeaning(state) !== 'A state this server does not know.';
    expect(known).toBe(state !== 'brand_new');
  });

  it('a certificate that is due is worse the closer it is', () => {
    const of = (status: 'ok' | 'expiring' | 'expired' | 'unknown', days_left: number) =>
      brief(findings.certificateIssues(connection('active'), { status, days_left }));
    expect(of('ok', 31)).toEqual([]);
    expect(of('unknown', 0)).toEqual([]);
    expect(of('expiring', 8)).toEqual([['certificate_expiring', 'medium', ['conn_1']]]);
    expect(of('expiring', 7)).toEqual([['certificate_expiring', 'high', ['conn_1']]]);
    expect(of('expired', 0)).toEqual([['certificate_expired', 'high', ['conn_1']]]);
  });

  it('failed logins are counted, a stream is told with its last delivery', () => {
    expect(findings.loginIssues(connection('active'), 0, 7)).toEqual([]);
    expect(findings.loginIssues(connection('active'), 1, 7)[0]?.message).toBe(
      '1 failed login through Okta in the last 7 days.',
    );
    const stream = (state: string) =>
      findings.logStreamIssues(
        schemas.auditLogConfiguration.parse({
          log_stream: { id: 'log_stream_1', type: 'S3', state, last_synced_at: '2026-09-01' },
        }),
      );
    expect(brief(stream('error'))).toEqual([['log_stream_error', 'high', ['log_stream_1']]]);
    expect(stream('error')[0]?.message).toContain('2026-09-01');
    expect(brief(stream('invalid'))).toEqual([['log_stream_invalid', 'high', ['log_stream_1']]]);
    expect(stream('active')).toEqual([]);
    expect(findings.logStreamIssues(undefined)).toEqual([]);
  });

  it('are sorted worst first, otherwise kept in order', () => {
    const issue = (code: string, severity: 'high' | 'medium' | 'low') => ({ code, severity, message: '' });
    const given = [issue('a', 'low'), issue('b', 'medium'), issue('c', 'high'), issue('d', 'medium')];
    expect(findings.bySeverity(given).map(({ code }) => code)).toEqual(['c', 'b', 'd', 'a']);
  });
});
