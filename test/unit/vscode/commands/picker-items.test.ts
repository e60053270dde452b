import { expect, it } from 'vitest';
import { organizationItem, personItem } from '../../../../src/vscode/commands/picker-items.ts';
import { english } from '../english.ts';

const EVIL = '$(alert) a\n\u202E[x](command:y)';
const HARMLESS = /^[^\p{Cc}]*$/u;

it('shows a poisoned organization and its people without icons, links or hidden characters', () => {
  const organization = organizationItem({ id: 'org_1', name: EVIL, domains: [{ domain: EVIL }] });
  const person = personItem(
    english,
    { id: 'directory_user_1', name: EVIL, email: EVIL, groups: [EVIL], directory_id: 'directory_1' },
    new Map([['directory_1', EVIL]]),
  );
  expect(person.label.startsWith('$(person) ')).toBe(true);
  const shown = [
    organization.label,
    organization.description,
    organization.organization.name.replace('$(', ''),
    person.label.slice('$(person) '.length),
    person.description,
    person.detail,
  ];
  for (const text of shown) {
    expect(text).toContain('alert');
    expect(text).not.toContain('$(');
    expect(text).not.toContain('](');
    expect(text).not.toContain('\u202E');
    expect(text).toMatch(HARMLESS);
  }
});

it('shows an id where there is no name', () => {
  expect(organizationItem({ id: 'org_1', name: '\u200B' })).toMatchObject({ label: 'org_1' });
  expect(personItem(english, { id: 'directory_user_1' }, new Map())).toMatchObject({
    label: '$(person) directory_user_1',
    detail: 'in no group',
  });
  expect(organizationItem({ id: EVIL }).label).not.toMatch(/\$\(|\]\(/u);
  expect(personItem(english, { id: EVIL }, new Map()).label.slice(1)).not.toMatch(/\$\(|\]\(/u);
});
