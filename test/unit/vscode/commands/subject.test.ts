import { expect, it } from 'vitest';
import { subjectOf } from '../../../../src/vscode/commands/services.ts';

const organization = { kind: 'organization', id: 'org_1', name: 'Acme' };

it('takes the object of a row', () => {
  expect(subjectOf({ subject: organization })).toEqual(organization);
  const group = { kind: 'group', id: 'g', name: '', directory: 'd', organization: undefined };
  expect(subjectOf({ subject: group })).toEqual(group);
});

it.each([
  undefined,
  'org_1',
  organization,
  { subject: null },
  { subject: { kind: 'organization', id: 'org_1' } },
  { subject: { ...organization, id: '' } },
  { subject: { ...organization, id: 1 } },
  { subject: { ...organization, kind: 'toString' } },
  { subject: { ...organization, kind: undefined } },
  { subject: { ...organization, directory: {} } },
])('takes nothing else: %j', (given) => {
  expect(subjectOf(given)).toBeUndefined();
});
