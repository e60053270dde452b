import { expect, it } from 'vitest';
import { oneLine } from '../../../src/shared/one-line.ts';

it('keeps one line of what can be read, in any script', () => {
  expect(oneLine(' Acme\r\n\tCorp\u2028株式会社 🚀 ', 100)).toBe('Acme Corp 株式会社 🚀');
});

it('drops bidi, zero-width, tag and half characters', () => {
  expect(oneLine('a\u202Eb\u200Bc\u{E0041}d\uD83Ee\u001b[31m', 100)).toBe('abcde [31m');
});

it('cuts without leaving half a character', () => {
  expect(oneLine('ab🚀', 3)).toBe('ab');
  expect(oneLine('ab🚀', 4)).toBe('ab🚀');
});
