import { describe, expect, it } from 'vitest';
import { documentTitle, safeFileName } from '../../../../src/vscode/text/file-names.ts';

describe('file names', () => {
  it('hold nothing that means anything to a file system', () => {
    const names = ['workos-events', '../..\\C:\u202E Acme/Corp?*', '2026-11-22'];
    expect(safeFileName(names, 'csv')).toBe('workos-events-C-Acme-Corp-2026-11-22.csv');
    expect(safeFileName(['x', '...'], 'csv')).toBe('x.csv');
    expect(safeFileName(['Zürich 株式会社'], 'json')).toBe('Zürich-株式会社.json');
  });

  it('hold nothing that is not seen, and no halves of characters', () => {
    expect(safeFileName(['a\u3164b\u115Fc\u1160d\uFFA0e'], 'csv')).toBe('abcde.csv');
    expect(safeFileName(['𠮷'.repeat(100)], 'csv')).toBe(`${'𠮷'.repeat(60)}.csv`);
    expect(safeFileName([`${'a'.repeat(59)} b`], 'csv')).toBe(`${'a'.repeat(59)}.csv`);
  });
});

describe('titles of documents', () => {
  it('are one part of a path', () => {
    expect(documentTitle('A/B\\..\u202E: <x>', 'id')).toBe('A B .. x');
    expect(documentTitle('\u200B//', 'id')).toBe('id');
    expect(documentTitle('株式会社 Zürich', 'id')).toBe('株式会社 Zürich');
    expect(documentTitle('Acme, Inc. (EU)', 'id')).toBe('Acme, Inc. (EU)');
  });

  it('hold nothing that is not seen, and no halves of characters', () => {
    expect(documentTitle('\u3164\u115F\u1160\uFFA0', 'id')).toBe('id');
    expect(documentTitle('𠮷'.repeat(100), 'id')).toBe('𠮷'.repeat(80));
  });
});
