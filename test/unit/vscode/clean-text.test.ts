import { describe, expect, it } from 'vitest';
import {
  cleanLabel,
  cleanLine,
  cleanMarkdown,
  cutText,
  pickerLabel,
} from '../../../src/vscode/clean-text.ts';

/** What is left of Markdown once escaped characters are taken out. */
const active = (shown: string) => shown.replaceAll(/\\[\\`*_[\]#!|<>~&$@:.+=)-]/gu, '');

describe('third-party text', () => {
  it('loses control, bidi, zero-width, tag and filler characters, and keeps CJK and emoji', () => {
    expect(cleanLabel('a\u0000b\nc\u202Ed\u200Be\u{E0041}f\u3164g\uE000h')).toBe('a b cdefgh');
    expect(cleanLabel('株式会社 🚀 Zürich')).toBe('株式会社 🚀 Zürich');
  });

  it('has no towers of accents and no halves of characters', () => {
    expect(cleanLine(`a${'\u0301'.repeat(500)}b`)).toBe(`a${'\u0301'.repeat(3)}b`);
    expect(cleanLine('x\uD83Dy')).toBe('xy');
  });

  it('is cut by characters, and says so', () => {
    expect(cleanLabel('🚀'.repeat(10_000))).toBe(`${'🚀'.repeat(199)}…`);
    expect(cutText('abc', 3)).toBe('abc');
    expect(cutText('abcd', 3)).toBe('ab…');
  });

  it('is whole in a line to copy', () => {
    expect(cleanLine('a'.repeat(500))).toBe('a'.repeat(500));
  });

  it('makes no link of a label: notifications would', () => {
    expect(cleanLabel('[x](command:workbench.action.quit)')).not.toContain('](');
  });

  it('shows no icon in a picker, and nothing invisible', () => {
    expect(pickerLabel('$(flame) hot')).toBe('$ (flame) hot');
  });

  it.each([
    '![x](https://evil.example/a.png)',
    '[run](command:workbench.action.quit)',
    '<img src=x>',
    '`code`',
    '**bold**',
    '# heading',
    '<https://evil.example>',
    'https://evil.example',
    'see www.evil.example',
    'mail@evil.example',
    '- item',
    '+ item',
    '1. item',
    '= heading',
  ])('makes no Markdown of %s', (text) => {
    const shown = cleanMarkdown(text);
    expect(active(shown)).not.toMatch(/[`*_[\]#!<>@]|:\/\/|www\.|^\d*[-+=.)]/u);
    expect(shown.replaceAll('\\', '')).toBe(text.trim());
  });
});
