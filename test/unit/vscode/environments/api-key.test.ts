import { describe, expect, it } from 'vitest';
import {
  apiOrigin,
  freeName,
  isTaken,
  keyFault,
  kindOfKey,
  trialFault,
} from '../../../../src/vscode/environments/api-key.ts';

describe('a key', () => {
  it.each([
    ['sk_test_abc', undefined],
    ['sk_live_abc', undefined],
    ['', 'format'],
    ['sk_test_', 'format'],
    ['sk_prod_abc', 'format'],
    ['sk_test_a b', 'format'],
    ['sk_test_ü', 'format'],
    ['client_abc', 'format'],
  ])('%j on its own is %s', (key, fault) => expect(keyFault(key)).toBe(fault));

  it.each([
    ['sk_live_abc', 'production', undefined],
    ['sk_test_abc', 'production', 'test'],
    ['sk_live_abc', 'staging', 'live'],
    ['sk_live_abc', 'sandbox', 'live'],
    ['sk_test_abc', 'staging', undefined],
    ['sk_test_abc', 'sandbox', undefined],
  ] as const)('%s for %s is %s', (key, kind, fault) => expect(keyFault(key, kind)).toBe(fault));

  it.each([
    ['sk_live_a', 'https://api.workos.com', 'production'],
    ['sk_live_a', 'http://127.0.0.1:9', 'production'],
    ['sk_test_a', 'https://api.workos.com', 'staging'],
    ['sk_test_a', 'http://localhost:9', 'sandbox'],
    ['sk_test_a', 'http://[::1]:9', 'sandbox'],
  ])('%s at %s belongs to %s', (key, origin, kind) => expect(kindOfKey(key, origin)).toBe(kind));

  it('is blamed for a refusal, and for nothing else', () => {
    expect(trialFault('INVALID_API_KEY')).toBe('refused');
    expect(trialFault('NETWORK')).toBe('offline');
    expect(trialFault('TIMEOUT')).toBe('offline');
    expect(trialFault('FORBIDDEN')).toBe('other');
    expect(trialFault('UPSTREAM_ERROR')).toBe('other');
  });
});

describe('the base URL', () => {
  it.each([
    [undefined, 'https://api.workos.com'],
    ['  ', 'https://api.workos.com'],
    ['https://workos.example/', 'https://workos.example'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://localhost:4010/', 'http://localhost:4010'],
    ['http://workos.example', undefined],
    ['http://127.0.0.1.evil.example', undefined],
    ['https://user:secret@workos.example', undefined],
    ['https://workos.example/v1', undefined],
    ['https://workos.example/?a=b', undefined],
    ['file:///etc/passwd', undefined],
    ['api.workos.com', undefined],
  ])('%j means %s', (setting, origin) => expect(apiOrigin(setting)).toBe(origin));
});

describe('names of environments', () => {
  it('are proposed so that none is there twice', () => {
    expect(freeName('Staging', [])).toBe('Staging');
    expect(freeName('Staging', ['staging ', 'Staging 2'])).toBe('Staging 3');
  });

  it('are the same in any case', () => {
    expect(isTaken(' PRODUCTION', ['Production'])).toBe(true);
    expect(isTaken('Production EU', ['Production'])).toBe(false);
  });
});
