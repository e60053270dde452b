import { describe, expect, it } from 'vitest';
import { countByKind } from '../../../src/privacy/found.ts';
import { PROFILES } from '../../../src/privacy/policy.ts';
import { createRedactor } from '../../../src/privacy/redactor.ts';

const CARD = '4111 1111 1111 1111';

describe('values', () => {
  const strict = createRedactor(PROFILES.strict);

  it('are walked at every depth, and what was covered is counted by path and kind', () => {
    const row = { email: 'jane@acme.com', note: `${CARD} or ${CARD}` };
    const { value, found } = strict.value({ items: [row, row], deep: [[[{ x: ['123-45-6789'] }]]] });
    expect(JSON.stringify(value)).not.toMatch(/jane|4111|6789/);
    expect(found).toEqual([
      { path: 'items.*.email', kind: 'email', count: 2 },
      { path: 'items.*.note', kind: 'card', count: 4 },
      { path: 'deep.*.*.*.x.*', kind: 'ssn', count: 1 },
    ]);
    expect(countByKind(found)).toEqual({ email: 2, card: 4, ssn: 1 });
    expect(countByKind([])).toBeUndefined();
  });

  it('keep their shape, order and everything harmless', () => {
    const harmless = {
      id: 'org_01E4ZCR3C56J083X43JQXF3JK5',
      name: 'Stark Industries',
      created_at: '2026-11-01T12:34:56.789Z',
      total: 4111111111111111,
      list: [1, true, null, undefined, '', '株式会社', '👩‍👩‍👧'],
      nested: { __proto__: null, a: {} },
    };
    const { value, found } = strict.value(harmless);
    expect(value).toEqual(harmless);
    expect(Object.keys(value as object)).toEqual(Object.keys(harmless));
    expect(found).toEqual([]);
  });

  it('have keys covered too, none pushed out by another', () => {
    const metadata = {
      'jane@acme.com': 1,
      'joan@acme.com': 2,
      '123-45-6789': 3,
      '123-45-6780': 4,
      '[redacted:ssn]': 5,
    };
    const { value, found } = strict.value({ metadata });
    expect(value).toEqual({
      metadata: {
        'j***@acme.com': 1,
        'j***@acme.com 2': 2,
        '[redacted:ssn]': 3,
        '[redacted:ssn] 2': 4,
        '[redacted:ssn] 3': 5,
      },
    });
    expect(JSON.stringify(found)).not.toMatch(/jane|6789/);
  });

  it('are told of by a path without the keys that anybody may have chosen', () => {
    const chosen = { 'Jane Miller, Karlsruhe': { ssn: '123-45-6789', list: [CARD] } };
    expect(strict.value({ items: [{ custom_attributes: chosen, metadata: chosen }] }).found).toEqual([
      { path: 'items.*.custom_attributes.*.*', kind: 'ssn', count: 1 },
      { path: 'items.*.custom_attributes.*.*.*', kind: 'card', count: 1 },
      { path: 'items.*.metadata.*.*', kind: 'ssn', count: 1 },
      { path: 'items.*.metadata.*.*.*', kind: 'card', count: 1 },
    ]);
  });

  it('may be called __proto__', () => {
    const given = JSON.parse('{"metadata":{"__proto__":"123-45-6789"}}') as object;
    expect(JSON.stringify(strict.value(given).value)).toBe('{"metadata":{"__proto__":"[redacted:ssn]"}}');
  });

  it('take numbers for text where anybody may have put them', () => {
    const fields = { n: 4111111111111111, list: [4111111111111111], m: 42, ok: true };
    expect(strict.value({ metadata: fields, ...fields }).value).toEqual({
      metadata: { n: '[redacted:card]', list: ['[redacted:card]'], m: 42, ok: true },
      ...fields,
    });
  });

  it('take bare digits in an id for an id, but not what is written as a card or comes from anybody', () => {
    const ids = { external_id: '4111111111111111', ids: ['4111111111111111'] };
    expect(strict.value(ids)).toEqual({ value: ids, found: [] });
    expect(strict.value({ external_id: CARD, idp_id: '123-45-6789', metadata: ids }).value).toEqual({
      external_id: '[redacted:card]',
      idp_id: '[redacted:ssn]',
      metadata: { external_id: '[redacted:card]', ids: ['[redacted:card]'] },
    });
  });

  it('throw rather than come back unseen', () => {
    let deep: unknown = '123-45-6789';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(() => strict.value(deep)).toThrow(RangeError);
  });
});
