import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/privacy/policy.ts';
import { approvalMode, endpointPort, lockFile, privacyPolicy } from '../../../src/vscode/settings.ts';

const having = (name: string, value: unknown) => () => ({
  get: (asked: string) => (asked === name ? value : undefined) as never,
});

describe('a setting', () => {
  it.each([
    [undefined, 'balanced'],
    ['strict', 'strict'],
    ['balanced', 'balanced'],
    ['off', 'off'],
    ['Off', 'strict'],
    ['toString', 'strict'],
    [false, 'strict'],
  ] as const)('privacy %j masks as %s', (value, profile) => {
    expect(privacyPolicy(having('privacy', value))).toBe(PROFILES[profile]);
  });

  it.each([
    [undefined, 'after-untrusted'],
    ['always', 'always'],
    ['after-untrusted', 'after-untrusted'],
    ['never', 'never'],
    ['Never', 'always'],
    [0, 'always'],
  ] as const)('approvals %j asks %s', (value, mode) => {
    expect(approvalMode(having('approvals', value))).toBe(mode);
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['  ', undefined],
    [7, undefined],
    [' /home/me/pinned.lock ', '/home/me/pinned.lock'],
  ] as const)('lockFile %j names %j', (value, file) => {
    expect(lockFile(having('lockFile', value))).toBe(file);
  });

  it.each([
    [undefined, 0],
    [0, 0],
    [4123, 4123],
    [65_535, 65_535],
    [65_536, 0],
    [-1, 0],
    [80.5, 0],
    ['4123', 0],
  ] as const)('endpoint.port %j keeps %j', (value, port) => {
    expect(endpointPort(having('endpoint.port', value))).toBe(port);
  });
});
