import { describe, expect, it } from 'vitest';
import { defuseLong, defuseText, LONGEST_TEXT } from '../../../src/untrusted/defuse-text.ts';
import { seeded } from '../gateway/support.ts';
import { ACTIVE_ATTACKS, HIDDEN_ATTACKS, SURVIVORS } from './attacks.ts';

const ATTACKS = [...HIDDEN_ATTACKS, ...ACTIVE_ATTACKS];

describe('a text', () => {
  it.each(ATTACKS)('with %s reads as what it says', (_what, text, reads) => {
    expect(defuseText(text)).toBe(reads);
  });

  it.each(SURVIVORS.map((text) => [text]))('%s stays as it is', (text) => {
    expect(defuseText(text)).toBe(text);
  });

  it('is defused for good, whatever is put together', () => {
    const random = seeded(4);
    const parts = [...ATTACKS.map(([, text]) => text), ...SURVIVORS].flatMap((text) => Array.from(text));
    const pick = () => parts[Math.floor(random() * parts.length)] ?? '';
    for (let round = 0; round < 5_000; round += 1) {
      const text = Array.from({ length: 1 + Math.floor(random() * 40) }, pick).join('');
      const once = defuseText(text);
      expect({ text, twice: defuseText(once) }).toEqual({ text, twice: once });
      expect(once.isWellFormed()).toBe(true);
    }
  });

  it('with an attack in each place of another holds none', () => {
    for (const [, outer] of ATTACKS) {
      for (const [, inner] of ATTACKS) {
        const letters = Array.from(outer);
        const middle = Math.ceil(letters.length / 2);
        const text = [...letters.slice(0, middle), inner, ...letters.slice(middle)].join('');
        const once = defuseText(text);
        expect({ text, twice: defuseText(once) }).toEqual({ text, twice: once });
      }
    }
  });
});

describe('a long text', () => {
  it('is cut, and tells what was cut off', () => {
    const text = 'word '.repeat(2_000);
    const { shown, left } = defuseLong(text);
    expect(shown.length).toBeLessThanOrEqual(LONGEST_TEXT + 1);
    expect(shown).toMatch(/^(word )+word…$|^(word )+…$/u);
    expect(left).toBe(text.length - (shown.length - 1));
    expect(defuseText('a'.repeat(LONGEST_TEXT))).toBe('a'.repeat(LONGEST_TEXT));
  });

  it.each(['123-45-6789', '4111 1111 1111 1111', 'sk_live_abcdefghijklmnop', 'jane.doe@acme.example'])(
    'never ends within %s, of which half would not be recognised',
    (value) => {
      for (let place = 0; place <= value.length; place += 1) {
        const text = `${'x '.repeat(LONGEST_TEXT).slice(0, LONGEST_TEXT - place)}${value} and more`;
        const { shown } = defuseLong(text);
        const rest = shown.replace(/^[x ]*/u, '').replace(/…$/u, '');
        expect(['', value]).toContain(rest.trim());
      }
    },
  );

  it('is not cut within a picture or a pair', () => {
    for (let place = 0; place < 30; place += 1) {
      const { shown } = defuseLong(`${'x'.repeat(place)}${'👨‍👩‍👧‍👦'.repeat(400)}`);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).toMatch(/\p{Extended_Pictographic}…$/u);
    }
  });

  it('that is mostly hidden is looked at only so far', () => {
    expect(defuseLong(`${'\u200B'.repeat(4_000)}Acme`)).toEqual({ shown: 'Acme', left: 0 });
    expect(defuseLong('\u200B'.repeat(100_000)).shown).toBe('…');
  });
});
