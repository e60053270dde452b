import { describe, expect, it } from 'vitest';
import { fallbackName, groupConnections } from '../../../../src/vscode/views/connection-groups.ts';

const rows = [
  { id: 'c1', state: 'active', organization: { id: 'org_a' }, findings: [], domains: ['a.example'] },
  { id: 'c2', state: 'active', organization: { id: 'org_b' }, findings: [] },
  { id: 'c3', state: 'draft', organization: { id: 'org_c' }, findings: ['connection_draft'] },
  { id: 'c4', state: 'inactive', organization: { id: 'org_b' }, findings: ['connection_inactive'] },
  { id: 'c5', state: 'unheard-of', findings: [] },
];
const shown = (by: 'organization' | 'state') =>
  groupConnections(rows, by).map(({ key, attention, rows: members }) => [
    key,
    attention,
    members.map(({ id }) => id),
  ]);

describe('groups of connections', () => {
  it('by organization: those that need attention first, and in them the worst first', () => {
    expect(shown('organization')).toEqual([
      ['org_b', 1, ['c4', 'c2']],
      ['org_c', 1, ['c3']],
      ['', 0, ['c5']],
      ['org_a', 0, ['c1']],
    ]);
  });

  it('by state', () => {
    expect(shown('state')).toEqual([
      ['inactive', 1, ['c4']],
      ['draft', 1, ['c3']],
      ['unheard-of', 0, ['c5']],
      ['active', 0, ['c1', 'c2']],
    ]);
  });

  it('are called by a domain where the name of the organization is not known', () => {
    expect(fallbackName('org_a', rows.slice(0, 1))).toBe('a.example');
    expect(fallbackName('org_b', rows.slice(1, 2))).toBe('org_b');
  });
});
