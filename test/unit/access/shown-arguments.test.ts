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
  ['a tag of HTML', '<img src=x>', '\\u{3c}img src=x>'],
  ['a comment', '<!-- x', '\\u{3c}!-- x'],
  ['an image', '![x](https://evil)', '\\u{21}[x\\u{5d}(https://evil)'],
  ['an entity', 'a&#8203;b &zwj;', 'a\\u{26}#8203;b \\u{26}zwj;'],
  ['what stands out', '*x* _y_ ~~z~~ a_b', '\\u{2a}x\\u{2a} \\u{5f}y\\u{5f} \\u{7e}~z\\u{7e}~ a_b'],
  ['a fence', '```x', '\\u{60}``x'],
  ['a control of the second set', 'a\u009bb', 'a\\u{9b}b'],
])('%s is seen', (_what, value, shown) => {
  expect(shownArguments({ name: value })).toEqual([`name: "${shown}"`]);
  expect(shownArguments({ metadata: { [value]: '' } })).toEqual([`metadata: {"${shown}":""}`]);
});

it('leaves what people write', () => {
  const name = 'Müller & Söhne 株式会社 👍 O’Neill [EU] #1 a < b, Ann <3';
  expect(shownArguments({ name })).toEqual([`name: "${name}"`]);
});
