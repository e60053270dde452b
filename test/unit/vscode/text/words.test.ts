import { expect, it } from 'vitest';
import { environmentText, groupCount, objectKind, userCount } from '../../../../src/vscode/text/words.ts';
import { english } from '../english.ts';

it('says one or many', () => {
  expect([userCount(english, 1), userCount(english, 0), userCount(english, 1200, '1,200')]).toEqual([
    '1 user',
    '0 users',
    '1,200 users',
  ]);
  expect([groupCount(english, 1), groupCount(english, 2)]).toEqual(['1 group', '2 groups']);
});

it('names kinds of objects and environments', () => {
  expect(objectKind(english, 'connection')).toBe('SSO connection');
  const environment = { name: 'a*b', kind: 'production' } as const;
  expect(environmentText(english, environment, (name) => name.replace('*', ''))).toBe('ab (production)');
});
