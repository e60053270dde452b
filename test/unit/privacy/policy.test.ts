import { describe, expect, it } from 'vitest';
import { DETECTOR_NAMES, isProfileName, type PrivacyPolicy, PROFILES } from '../../../src/privacy/policy.ts';
import { createRedactor } from '../../../src/privacy/redactor.ts';
import { GITHUB_TOKEN, JWT, SHORT_KEY, TEST_KEY } from '../../support/secrets.ts';

const CARD = '4111 1111 1111 1111';
const IBAN = 'DE89 3704 0044 0532 0130 00';
const SAMPLES = {
  secret: GITHUB_TOKEN,
  workos_key: TEST_KEY,
  jwt: JWT,
  iban: IBAN,
  card: CARD,
  ssn: '123-45-6789',
  email: 'jane@acme.com',
  phone: '+1 415 555 2671',
} as const;

const policyOf = (mode: PrivacyPolicy['detectors']['email'], paths: PrivacyPolicy['paths'] = []) => ({
  detectors: Object.fromEntries(DETECTOR_NAMES.map((name) => [name, mode])) as PrivacyPolicy['detectors'],
  paths,
});

describe('modes', () => {
  it.each(Object.entries(SAMPLES))('masks %s whole', (kind, sample) => {
    expect(createRedactor(policyOf('mask')).text(`a ${sample} b`)).toBe(`a [redacted:${kind}] b`);
  });

  it.each([
    ['jane@acme.com', 'j***@acme.com'],
    ['j@acme.com', '***@acme.com'],
    ['😀 jane@acme.com', '😀 j***@acme.com'],
    ['jürgen@müller.de', 'j***@müller.de'],
    [CARD, '***1111'],
    [IBAN, 'DE***0 00'],
    ['123-45-6789', '***6789'],
    ['+1 415 555 2671', '***71'],
    [TEST_KEY, `***${TEST_KEY.slice(-4)}`],
    [SHORT_KEY, '[redacted:workos_key]'],
    [JWT, '[redacted:jwt]'],
  ])('shows a part of %s', (text, shown) => {
    expect(createRedactor(policyOf('partial')).text(text)).toBe(shown);
  });

  it('shows no part of what is too short or of another form', () => {
    const paths = (['email', 'iban', 'card', 'ssn', 'phone', 'secret', 'field'] as const).map((as) => ({
      path: as,
      mode: 'partial' as const,
      as,
    }));
    const value = Object.fromEntries(paths.map(({ as }) => [as, '1234']));
    const shown = createRedactor(policyOf('off', paths)).value(value).value as Record<string, string>;
    expect(Object.entries(shown).filter(([kind, text]) => text !== `[redacted:${kind}]`)).toEqual([]);
  });

  it.each([
    ['email', 'Jane@Acme.com', 'jane@acme.com'],
    ['card', '4111111111111111', CARD],
    ['iban', 'de89370400440532013000', IBAN],
    ['ssn', '123 45 6789', '123-45-6789'],
    ['phone', '+1 (415) 555-2671', '+14155552671'],
  ])('hashes %s alike however it is written', (kind, one, other) => {
    const { text } = createRedactor(policyOf('hash'));
    expect(text(one)).toMatch(new RegExp(`^\\[${kind}:[0-9a-f]{12}\\]$`));
    expect(text(one)).toBe(text(other));
    expect(text('jane@acme.com')).not.toBe(text('john@acme.com'));
  });

  it('leaves everything when off', () => {
    const { text, value } = createRedactor(PROFILES.off);
    expect(Object.values(SAMPLES).map(text)).toEqual(Object.values(SAMPLES));
    expect(value(SAMPLES)).toEqual({ value: SAMPLES, found: [] });
  });
});

describe('profiles', () => {
  it('are told from other words', () => {
    expect(['strict', 'balanced', 'off', 'toString', ''].filter(isProfileName)).toEqual([
      'strict',
      'balanced',
      'off',
    ]);
  });

  it('balanced leaves work emails and phones', () => {
    const { text } = createRedactor(PROFILES.balanced);
    const left = Object.entries(SAMPLES).filter(([, sample]) => text(sample) === sample);
    expect(left.map(([kind]) => kind)).toEqual(['email', 'phone']);
  });

  it('strict leaves nothing, and of an email enough to tell people apart', () => {
    const { text } = createRedactor(PROFILES.strict);
    expect(Object.values(SAMPLES).filter((sample) => text(sample) === sample)).toEqual([]);
    expect(text('jane@acme.com')).toBe('j***@acme.com');
  });

  it.each([
    [{ password: 'x' }, { password: '[redacted:secret]' }],
    [{ clientSecret: 'x' }, { clientSecret: '[redacted:secret]' }],
    [{ 'API Key': 'x' }, { 'API Key': '[redacted:secret]' }],
    [{ ssn: 123456789 }, { ssn: '[redacted:ssn]' }],
    [{ social_security_number: '123456789' }, { social_security_number: '[redacted:ssn]' }],
    [{ a: { b: [{ user_password: 'x' }] } }, { a: { b: [{ user_password: '[redacted:secret]' }] } }],
    [
      { has_password: true, password: '' },
      { has_password: true, password: '' },
    ],
    [
      { secretary: 'Ann', password_changed_at: '2026-11-01' },
      { secretary: 'Ann', password_changed_at: '2026-11-01' },
    ],
    [{ mobile_phone: '4155552671' }, { mobile_phone: '4155552671' }],
  ])('balanced knows fields by their names: %j', (custom_attributes, shown) => {
    const { value } = createRedactor(PROFILES.balanced).value({ custom_attributes });
    expect(value).toEqual({ custom_attributes: shown });
  });

  it('strict knows more of them', () => {
    const custom_attributes = { mobile_phone: '4155552671', date_of_birth: '1990-01-01', city: 'Berlin' };
    expect(createRedactor(PROFILES.strict).value({ custom_attributes }).value).toEqual({
      custom_attributes: {
        mobile_phone: '[redacted:phone]',
        date_of_birth: '[redacted:field]',
        city: 'Berlin',
      },
    });
  });
});
