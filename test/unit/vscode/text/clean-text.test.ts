import { describe, expect, it } from 'vitest';
import { cleanLabel, cleanLine, cleanMarkdown, pickerLabel } from '../../../../src/vscode/text/clean-text.ts';

describe('third-party text', () => {
  it('is one short line in a label, and whole in a line to copy', () => {
    expect(cleanLabel('a\u0000b\nc\u202Ed\u200Be\u{E0041}f\u3164g\uE000h')).toBe('a b cdefgh');
    expect(cleanLabel('🚀'.repeat(10_000))).toBe(`${'🚀'.repeat(199)}…`);
    expect(cleanLine('a'.repeat(500))).toBe('a'.repeat(500));
  });

  it('makes no link of a label: notifications would', () => {
    expect(cleanLabel('[x](command:workbench.action.quit)')).not.toContain('](');
  });

  it('shows no icon in a picker, and nothing invisible', () => {
    expect(pickerLabel('$(flame) hot')).toBe('$ (flame) hot');
  });

  it('is escaped and cut in a tooltip', () => {
    expect(cleanMarkdown('**a** b@c.example')).toBe('\\*\\*a\\*\\* `b@c.example`');
    expect(cleanMarkdown('x'.repeat(500))).toBe(`${'x'.repeat(199)}…`);
  });
});
