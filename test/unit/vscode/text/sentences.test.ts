import { describe, expect, it } from 'vitest';
import { cleanQuestion, cleanSentences } from '../../../../src/vscode/text/sentences.ts';

describe('sentences', () => {
  it('are whole, with the hint after the message', () => {
    const [message, hint] = ['m'.repeat(400), 'h'.repeat(400)];
    expect(cleanSentences(message, hint)).toBe(`${message} ${hint}`);
    expect(cleanSentences('It failed.', undefined)).toBe('It failed.');
  });

  it('keep their end, where the question is, behind a name of any length', () => {
    const shown = cleanSentences(`"${'🚀'.repeat(5_000)}" exists already. Create another one?`);
    expect(shown).toMatch(/^"🚀+…🚀+" exists already\. Create another one\?$/u);
    expect(Array.from(shown)).toHaveLength(1_000);
  });

  it('have no links, lines or hidden characters, and no icons in an input box', () => {
    const evil = 'a\n\u202E$(alert) [x](command:workbench.action.quit)\u200B';
    expect(cleanSentences(evil)).toBe('a $(alert) [x] (command:workbench.action.quit)');
    expect(cleanQuestion(evil)).toBe('a $ (alert) [x] (command:workbench.action.quit)');
  });
});
