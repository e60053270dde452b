import { expect, it } from 'vitest';
import { shownArguments } from '../../../src/access/shown-arguments.ts';

it('shows each argument whole, on a line of its own', () => {
  const long = 'x'.repeat(5_000);
  expect(shownArguments({ name: 'Acme', domains: ['a.com', 'b.com'], metadata: { long } })).toEqual([
    'name: "Acme"',
    'domains: ["a.com","b.com"]',
    `metadata: {"long":"${long}"}`,
  ]);
});

it.each([
  ['a line break', 'a\nconfirm: true', 'a\\nconfirm: true'],
  ['a terminal sequence', '\u001b[2Jgone', '\\u001b[2Jgone'],
  ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
  ['a right-to-left override', 'a\u202eb', 'a\\u{202e}b'],
  ['a tag', 'a\u{e0041}b', 'a\\u{e0041}b'],
  ['a space that is none of ours', 'a\u00a0b', 'a\\u{a0}b'],
  ['a separator', 'a\u2028b', 'a\\u{2028}b'],
  ['a control of the second set', 'a\u009bb', 'a\\u{9b}b'],
])('%s is seen', (_what, value, shown) => {
  expect(shownArguments({ name: value })).toEqual([`name: "${shown}"`]);
  expect(shownArguments({ metadata: { [value]: '' } })).toEqual([`metadata: {"${shown}":""}`]);
});

it('leaves what people write', () => {
  const name = 'Müller & Söhne 株式会社 👍 O’Neill';
  expect(shownArguments({ name })).toEqual([`name: "${name}"`]);
});
