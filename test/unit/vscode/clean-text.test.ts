import { describe, expect, it } from 'vitest';
import { cleanLabel, cleanMarkdown, pickerLabel } from '../../../src/vscode/clean-text.ts';

describe('third-party text', () => {
  it('loses control, bidi, zero-width and tag characters, and keeps CJK and emoji', () => {
    expect(cleanLabel('a\u0000b\nc\u202Ed\u200Be\u{E0041}f')).toBe('a b cdef');
    expect(cleanLabel('株式会社 🚀 Zürich')).toBe('株式会社 🚀 Zürich');
  });

  it('shows no icon in a picker', () => {
    expect(pickerLabel('$(flame) hot')).not.toContain('$(');
  });

  it.each([
    '![x](https://evil.example/a.png)',
    '[run](command:workbench.action.quit)',
    '<img src=x>',
    '`code`',
    '**bold**',
    '# heading',
    '<https://evil.example>',
  ])('makes no Markdown of %s', (text) => {
    const shown = cleanMarkdown(text);
    expect(shown.replaceAll(/\\[\\`*_[\]#!|<>~&$]/gu, '')).not.toMatch(/[`*_[\]#!<>]/u);
    expect(shown.replaceAll('\\', '')).toBe(text);
  });
});
