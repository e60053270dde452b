import { describe, expect, it } from 'vitest';
import { cleanLine, cutText, shortLine } from '../../../src/shared/text.ts';

describe('text from outside', () => {
  it('is one line of what can be read, in any script', () => {
    expect(shortLine(' Acme\r\n\tCorp \u2028 株式会社 🚀 ❤\uFE0F ', 100)).toBe(
      'Acme Corp 株式会社 🚀 ❤\uFE0F',
    );
  });

  it('loses bidi, zero-width, tag, filler, private and half characters', () => {
    expect(shortLine('a\u202Eb\u200Bc\u{E0041}d\uD83De\u001b[31m', 100)).toBe('abcde [31m');
    expect(shortLine('a\u3164b\u115Fc\u1160d\u2800e\uE000f\uFFA0g\u17B5h\u{E01EF}i', 100)).toBe('abcdefghi');
  });

  it('has no towers of accents', () => {
    expect(cleanLine(`a${'\u0301'.repeat(500)}b`)).toBe(`a${'\u0301'.repeat(3)}b`);
  });

  it('is cut by characters, and says so', () => {
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('ab…');
    expect(shortLine('ab🚀', 3)).toBe('ab🚀');
    expect(shortLine('🚀'.repeat(10_000), 4)).toBe('🚀🚀🚀…');
    expect(shortLine(`${'\u200B'.repeat(11)}🚀`, 3)).toBe('');
  });
});
