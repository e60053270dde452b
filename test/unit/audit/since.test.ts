import { expect, it } from 'vitest';
import { sinceTime } from '../../../src/audit/export/since.ts';

it.each([
  ['7d', '2026-02-22T10:00:00.000Z'],
  ['12h', '2026-02-28T22:00:00.000Z'],
  ['30m', '2026-03-01T09:30:00.000Z'],
  ['2026-01-31', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31T10:00:00+02:00', '2026-01-31T08:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['2026-13-31', undefined],
  ['2026-02-31', undefined],
  ['2026-02-29', undefined],
  ['2026-04-31T10:00:00Z', undefined],
  ['2026-04-31T23:00:00-02:00', undefined],
  ['yesterday', undefined],
  ['-1d', undefined],
  ['', undefined],
])('since %s is %s', (text, time) => {
  expect(sinceTime(text, new Date('2026-03-01T10:00:00.000Z'))).toBe(time);
});
