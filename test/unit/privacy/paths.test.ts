import { describe, expect, it } from 'vitest';
import { countByKind } from '../../../src/privacy/found.ts';
import { type PrivacyPolicy, PROFILES } from '../../../src/privacy/policy.ts';
import { createRedactor } from '../../../src/privacy/redactor.ts';

const none = (paths: PrivacyPolicy['paths']) => createRedactor({ ...PROFILES.off, paths });

describe('path rules', () => {
  const mask = (path: string) => none([{ path, mode: 'mask' }]);
  const M = '[redacted:field]';

  it.each([
    ['email', { email: 'x', a: { email: 'x' } }, { email: M, a: { email: 'x' } }],
    ['*.email', { email: 'x', a: { email: 'x' } }, { email: 'x', a: { email: M } }],
    ['**.email', { data: [{ email: 'x' }], email: 'x' }, { data: [{ email: M }], email: M }],
    ['data.*.email', { data: [{ email: 'x', id: 'y' }] }, { data: [{ email: M, id: 'y' }] }],
    ['data.**', { data: [{ a: 'x' }], b: 'y' }, { data: [{ a: M }], b: 'y' }],
    ['data', { data: { a: ['x', { b: 'y' }] } }, { data: { a: [M, { b: M }] } }],
    ['**.a.**.c', { a: { b: { c: 'x' }, c: 'x' }, c: 'y' }, { a: { b: { c: M }, c: M }, c: 'y' }],
    ['**', { a: 'x', b: ['y'] }, { a: M, b: [M] }],
    ['*_token', { access_token: 'x', token_id: 'y' }, { access_token: M, token_id: 'y' }],
    ['pass*word', { PASS_word: 'x', passw0rd: 'y' }, { PASS_word: M, passw0rd: 'y' }],
    [
      'a*b*a',
      { aba: 'x', ab: 'y', aXbYa: 'x', abba: 'x', a: 'y' },
      { aba: M, ab: 'y', aXbYa: M, abba: M, a: 'y' },
    ],
    ['clientsecret', { client_secret: 'x', 'Client-Secret': 'x' }, { client_secret: M, 'Client-Secret': M }],
    ['', { a: 'x' }, { a: 'x' }],
  ])('%s', (path, given, shown) => {
    expect(mask(path).value(given).value).toEqual(shown);
  });

  it('are overruled by later ones, and by those further down', () => {
    const { value } = none([
      { path: 'data', mode: 'mask' },
      { path: 'data.open', mode: 'hash' },
      { path: 'data.*', mode: 'mask', as: 'secret' },
      { path: 'data.open', mode: 'off' },
      { path: 'data.open.shut', mode: 'hash', as: 'email' },
    ]).value({ data: { x: 'a', open: { y: 'b', shut: 'c' } } });
    expect(value).toEqual({
      data: { x: '[redacted:secret]', open: { y: 'b', shut: expect.stringMatching(/^\[email:/) } },
    });
  });

  it('exempt from detectors when off', () => {
    const redactor = createRedactor({ ...PROFILES.strict, paths: [{ path: '**.contact', mode: 'off' }] });
    const { value } = redactor.value({ contact: { email: 'a@b.io' }, email: 'a@b.io' });
    expect(value).toEqual({ contact: { email: 'a@b.io' }, email: '***@b.io' });
  });

  it('go on from the path a value is at', () => {
    const redactor = mask('metadata.ssn');
    expect(redactor.value({ ssn: 'x', a: 'y' }, ['metadata'])).toEqual({
      value: { ssn: M, a: 'y' },
      found: [{ path: 'metadata.*', kind: 'field', count: 1 }],
    });
    expect(redactor.value({ ssn: 'x' }, ['other']).found).toEqual([]);
  });

  it('hold for more keys than are remembered', () => {
    const record = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, index) => [`k${index}`, { email: 'x' }]),
    );
    const { found } = mask('**.email').value([record, record]);
    expect(countByKind(found)).toEqual({ field: 6_000 });
  });
});
