import { describe, expect, it } from 'vitest';
import { code, facts, jsonFence, text, time, written } from '../../../../src/vscode/text/markdown.ts';

/** Text with escapes and code spans, as readers see it, in the pieces that renderers look for addresses in. */
const pieces = (markdown: string) =>
  [...markdown.matchAll(/(`+)(?!`)([^]*?[^`])\1(?!`)|((?:\\[^]|[^`\\])+)/gu)].map(
    ([, fence, span = '', plain = '']) => ({
      span: fence !== undefined,
      shown:
        fence === undefined ? plain.replace(/\\([!-/:-@[-`{-~])/gu, '$1') : span.replace(/^ ([^]+) $/u, '$1'),
    }),
  );

describe('third-party text in Markdown', () => {
  it.each([
    '[click](https://evil.example)',
    '![x](https://evil.example/pixel.png)',
    '<img src=x onerror=alert(1)>',
    '**bold** _em_ `code` ~~gone~~ $x^2$ &amp; # heading | cell',
    'see https://evil.example or www.evil.example or a@evil.example',
    'command:workbench.action.terminal.new',
    'back\\slash \\[x](y)',
    '//evil.example https:///x //a@b.example @@ //@// `@` (c@d.example), e@f,@g',
    'mailto:a@evil.example',
    '- item',
    '+ item',
    '1. item',
    '= heading',
  ])('shows %s as it is, and escapes what would be more', (hostile) => {
    const markdown = text(hostile);
    const shown = pieces(markdown);
    expect(shown.map((piece) => piece.shown).join('')).toBe(hostile);
    // Old renderers look for addresses in what is left when escapes are gone.
    for (const piece of shown.filter(({ span }) => !span)) expect(piece.shown).not.toMatch(/\/\/|@/u);
    const own = markdown.replaceAll(/\\[^]|(`+)(?!`)[^]*?[^`]\1(?!`)/gu, '');
    expect(own).not.toMatch(/[[\]<>`*~$#]|\bwww\.|^(?:\d+[.)]|[-+=])/u);
  });

  it('leaves an underscore within a word alone', () => {
    expect(text('invalid_credentials _x_')).toBe('invalid_credentials \\_x\\_');
  });

  it('loses line ends and hidden characters, and is cut', () => {
    expect(text('a\n# b\u202Ec\u200Bd\u0000e')).toBe('a \\# bcd e');
    expect(text('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
  });
});

describe('code spans', () => {
  it.each(['plain', 'a`b', '``', '` x `', '`', 'a```b``c'])('hold %s whole', (value) => {
    const span = code(value);
    const [, fence = '', inner = ''] = /^(`+)([^]*?)\1$/u.exec(span) ?? [];
    expect([...value.matchAll(/`+/gu)].map(([run]) => run.length)).not.toContain(fence.length);
    expect(inner.replace(/^ ([^]*) $/u, '$1')).toBe(value);
  });

  it('write hidden characters out, make no address, and are never empty', () => {
    expect(code('a\u202Eb\nc\u{E0041}')).toBe('`a\\u202Eb\\u000Ac\\uDB40\\uDC41`');
    expect(code('https://evil.example')).not.toContain('://');
    expect(code(' ')).toBe('–');
  });
});

describe('the JSON fence', () => {
  it('can’t be ended from inside, and reads back as the same value', () => {
    const value = {
      a: '```\n# x\n````',
      '`````b': ['\u202E\u200B\u2028\u0007', 'https://evil.example/![x](y)'],
      emoji: '👨‍👩‍👧',
    };
    const fence = jsonFence(value);
    const [, ticks = '', body = ''] = /^(`{3,})json\n([^]*)\n\1$/u.exec(fence) ?? [];
    expect(JSON.parse(body)).toEqual(value);
    expect(body).not.toContain(ticks);
    expect(body).not.toContain('://');
    expect(body).toBe(body.split('\n').map(written).join('\n'));
  });
});

describe('facts', () => {
  it('leave out what has no value', () => {
    expect(
      facts([
        ['A', 'x'],
        ['B', undefined],
        ['C', ''],
      ]),
    ).toBe('- A: x');
  });

  it('have times in UTC, and show what is no time', () => {
    expect(time('2026-11-22T10:11:12.345Z')).toBe('2026-11-22 10:11:12 UTC');
    expect(time('[soon](x)')).toBe('\\[soon\\](x)');
  });
});
