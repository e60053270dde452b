import { describe, expect, it } from 'vitest';
import {
  connectionHealth,
  directoryHealth,
  domainHealth,
  eventHealth,
  failedDomains,
  findingCount,
  furtherFindings,
  worstFirst,
} from '../../../../src/vscode/views/health.ts';

describe('health', () => {
  it.each([
    [{ state: 'active', findings: [] }, 'healthy'],
    [{ state: 'active', findings: ['certificate_expiring'] }, 'warning'],
    [{ state: 'active', findings: ['certificate_expired'] }, 'broken'],
    [{ state: 'inactive', findings: ['connection_inactive'] }, 'off'],
    [{ state: 'validating', findings: ['connection_validating'] }, 'waiting'],
    [{ state: 'draft', findings: ['connection_draft'] }, 'unfinished'],
    [{ state: 'of tomorrow' }, 'unknown'],
    [{ state: 'constructor' }, 'unknown'],
    [{}, 'unknown'],
  ] as const)('of the connection %j is %s', (connection, health) => {
    expect(connectionHealth(connection)).toBe(health);
  });

  it.each([
    ['linked', 'healthy'],
    ['invalid_credentials', 'broken'],
    ['unlinked', 'off'],
    ['validating', 'waiting'],
  ] as const)('of a directory that is %s is %s', (state, health) => {
    expect(directoryHealth({ state })).toBe(health);
  });

  it('of domains follows their verification', () => {
    expect(['verified', 'legacy_verified', 'pending', 'failed'].map(domainHealth)).toEqual([
      'healthy',
      'healthy',
      'waiting',
      'broken',
    ]);
  });

  it.each([
    [{ type: 'authentication.sso_failed' }, 'failure'],
    [{ type: 'authentication.password_succeeded' }, 'success'],
    [{ type: 'organization_domain.verification_failed' }, 'failure'],
    [{ type: 'authentication.sso_succeeded', error: 'x' }, 'failure'],
    [{ type: 'dsync.user.created', state: 'active' }, 'change'],
    [{}, 'change'],
  ] as const)('of the event %j is %s', (event, meaning) => {
    expect(eventHealth(event)).toBe(meaning);
  });

  it('sorts the worst first and else keeps the order', () => {
    const rows = [
      { id: 1, state: 'active' },
      { id: 2, state: 'inactive' },
      { id: 3, state: 'active' },
      { id: 4, state: 'active', findings: ['certificate_expired'] },
    ];
    expect(worstFirst(rows, connectionHealth).map(({ id }) => id)).toEqual([4, 2, 1, 3]);
  });

  it('counts all that is wrong, not the rows it is wrong with', () => {
    const rows = [{ findings: ['sso_failures', 'certificate_expired'] }, { findings: ['draft'] }, {}];
    expect(findingCount(rows)).toBe(3);
    const domains = ['failed', 'verified', 'failed'].map((state, index) => ({ domain: `d${index}`, state }));
    expect(failedDomains({ domains })).toEqual(['d0', 'd2']);
    expect(failedDomains({})).toEqual([]);
  });

  it('tells apart findings that only repeat the state', () => {
    expect(furtherFindings({ findings: ['connection_inactive', 'sso_failures'] })).toEqual(['sso_failures']);
  });
});
