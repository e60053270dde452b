import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { retryAfterMs } from '../../../src/shared/retry-after.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date('2026-09-15T10:30:00.000Z'));
});
afterEach(() => void vi.useRealTimers());

it.each([
  ['1.5', 1_500],
  ['60', 60_000],
  ['-1', 0],
  ['Tue, 15 Sep 2026 10:30:20 GMT', 20_000],
  ['Tue, 15 Sep 2026 10:29:00 GMT', 0],
  ['soon', undefined],
])('reads "%s" as %s ms', (value, expected) => {
  expect(retryAfterMs(new Headers({ 'retry-after': value }))).toBe(expected);
});

it('reads nothing from a header that is not there', () => {
  expect(retryAfterMs(new Headers())).toBeUndefined();
});
