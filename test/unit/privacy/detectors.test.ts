import { describe, expect, it } from 'vitest';
import { JWT, TEST_KEY } from '../../support/secrets.ts';
import { foundByAny } from './support.ts';

describe('all together', () => {
  it.each([
    'Stark Industries',
    'org_01E4ZCR3C56J083X43JQXF3JK5',
    'directory_user_01HXYZ0000000000000000004K',
    'conn_01E4ZCR3C56J083X43JQXF3JK5',
    '00u1klkowm8EGah2H357',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    '114895216340398523342',
    '2026-11-01T12:34:56.789Z',
    '2026-11-01',
    '株式会社スターク・インダストリーズ',
    '👩‍👩‍👧 🇩🇪 1️⃣',
    'authentication.sso_failed',
    'dsync.user.created',
    '203.0.113.42',
    '2001:db8::ff00:42:8329',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.109 Safari/537.36',
    'MIICmzCCAYMCBgF4x1234567890abcdefghijklmnopqrstuvwxyz',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'WyJiaW5kaW5nIiwib3JnXzAxRTRaQ1IzQzU2SjA4M1g0M0pRWEYzSks1Il0',
  ])('leaves %s', (text) => {
    expect(foundByAny(text)).toEqual([]);
  });

  it('gives one piece where two overlap, as the kind that comes first', () => {
    expect(foundByAny('postgres://app:hunter2@db.acme.com/x')).toEqual([
      { detector: 'secret', piece: 'hunter2@db.acme.com' },
    ]);
    expect(foundByAny(`Bearer ${JWT}`)).toEqual([{ detector: 'secret', piece: JWT }]);
  });

  it('finds several kinds in their order', () => {
    const text = `jane@acme.com 123-45-6789 ${TEST_KEY} 4111111111111111 DE89370400440532013000`;
    expect(foundByAny(text).map(({ detector }) => detector)).toEqual([
      'email',
      'ssn',
      'workos_key',
      'card',
      'iban',
    ]);
  });
});
