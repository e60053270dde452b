import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { joinCell, toCsv } from '../../../src/shared/csv.ts';

const cells = (csv: string): string[][] => parse(csv);

describe('CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '  =1',
    '"=1',
    `'=1`,
    '\u00A0=1',
    '\u200B=1',
    '\u0000=1',
    '\ttext',
    `=HYPERLINK("https://evil.example","x")`,
  ])('makes %j harmless in cells and titles', (formula) => {
    const [[title] = [], [cell] = []] = cells(toCsv([formula], [{ [formula]: formula }]));
    for (const written of [title, cell]) expect(written).toBe(`'${formula.replaceAll('\0', '')}`);
  });

  it.each([
    ['x;=1+1', "x;'=1+1"],
    ['x; \u00A0=1', "x;' \u00A0=1"],
    ['x;"=1"', 'x;\'"=1"'],
    ['x\t@y', "x\t'@y"],
    ['x\r\n+1', "x\r\n'+1"],
    ['a;b;-1;＝2', "a;b;'-1;'＝2"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['\n=1', "'\n'=1"],
  ])('makes %j harmless where semicolons, tabs or lines separate cells', (formula, harmless) => {
    expect(cells(toCsv(['a'], [{ a: formula }]))[1]).toEqual([harmless]);
  });

  it('keeps lists in one cell, whatever separates cells', () => {
    const list = toCsv(['a'], [{ a: joinCell(['Admins', '=1', '@x']) }]);
    expect(list).toBe('a\r\nAdmins | =1 | @x\r\n');
    for (const separator of [';', '\t', ','])
      expect(list.split(/\r\n/u)[1]!.split(separator)).toHaveLength(1);
  });

  it('keeps everything else as it is, numbers included', () => {
    const row = { a: 'x, "y"\r\nz', b: -5, c: 'a=b', d: undefined, e: '株式会社' };
    const csv = toCsv(['a', 'b', 'c', 'd', 'e'], [row]);
    expect(cells(csv)).toEqual([
      ['a', 'b', 'c', 'd', 'e'],
      ['x, "y"\r\nz', '-5', 'a=b', '', '株式会社'],
    ]);
    expect(csv.startsWith('a,b,c,d,e\r\n')).toBe(true);
  });

  it('has its header when there are no rows', () => {
    expect(toCsv(['a', 'b'], [])).toBe('a,b\r\n');
  });
});
