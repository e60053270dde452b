import { describe, expect, it } from 'vitest';
import { joinParts } from '../../../../src/vscode/text/join-parts.ts';
import { firstFew, tooltipMarkdown } from '../../../../src/vscode/views/tooltips.ts';

const HOSTILE = [
  '$(alert) Acme',
  '[Acme](command:workbench.action.quit)',
  '![Acme](https://evil.example/pixel.png)',
  '<img src="https://evil.example/pixel.png">',
  'https://evil.example',
  'Acme\u202Eemca',
  'Ac\u200Bme',
  'Acme\n\n# Owned\n- item',
  'x'.repeat(10_000),
];

describe('tooltips', () => {
  it('say title, findings and facts, without empty lines', () => {
    const text = tooltipMarkdown({
      title: 'Okta',
      findings: ['The certificate has expired.'],
      lines: [
        ['State', 'active'],
        ['Domains', ''],
        ['ID', undefined],
      ],
    });
    expect(text).toBe('**Okta**\n\n- The certificate has expired.\n\nState: active');
  });

  it.each(HOSTILE)('make nothing but text of %.60s', (name) => {
    const text = tooltipMarkdown({ title: name, findings: [name], lines: [['Name', name]] });
    const paragraphs = text.split('\n\n');
    expect(paragraphs).toHaveLength(3);
    const active = text
      .replace(/^\*\*|\*\*\n|^- /gmu, '')
      .replaceAll(/`\/+`|\\[\\`*_[\]#!|<>~&$@:.+=)-]/gu, '');
    expect(active).not.toMatch(/[<>[\]`#*$!]|:\/\/|[\u200B\u202E]/u);
    expect(text.length).toBeLessThan(1_500);
  });

  it('show the first few of many names', () => {
    expect(firstFew(['a', 'b', 'c'], 2)).toBe('a, b +1');
    expect(firstFew(['a', 'b'], 2)).toBe('a, b');
    expect(joinParts(['a', undefined, '', 'b'])).toBe('a · b');
  });
});
