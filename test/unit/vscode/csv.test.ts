import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { safeFileName, toCsv } from '../../../src/vscode/csv.ts';

const cells = (csv: string): string[][] => parse(csv);

describe('CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
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

describe('file names', () => {
  it('hold nothing that means anything to a file system', () => {
    const names = ['workos-events', '../..\\C:\u202E Acme/Corp?*', '2026-11-22'];
    expect(safeFileName(names, 'csv')).toBe('workos-events-C-Acme-Corp-2026-11-22.csv');
    expect(safeFileName(['x', '...'], 'csv')).toBe('x.csv');
    expect(safeFileName(['Zürich 株式会社'], 'json')).toBe('Zürich-株式会社.json');
  });
});
