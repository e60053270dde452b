import { describe, expect, it } from 'vitest';
import { canonicalJson, isRecord, jsonBytes, prune } from '../../../src/shared/json.ts';

describe('canonicalJson', () => {
  it('gives equal values equal text, whatever order they were built in', () => {
    const one = { b: 1, a: { d: [{ y: 2, x: 1 }], c: null } };
    const other = { a: { c: null, d: [{ x: 1, y: 2 }] }, b: 1 };
    expect(canonicalJson(one)).toBe('{"a":{"c":null,"d":[{"x":1,"y":2}]},"b":1}');
    expect(canonicalJson(other)).toBe(canonicalJson(one));
  });

  it('leaves out undefined, so that an absent field equals an undefined one', () => {
    expect(canonicalJson({ a: 1, b: undefined })).toBe(canonicalJson({ a: 1 }));
  });

  it('keeps the order of lists, which means something', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });

  it('tells values of different types apart', () => {
    const texts = [1, '1', true, 'true', null, 'null', [], {}].map(canonicalJson);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('prune', () => {
  it('drops nulls, undefined and empties at every depth', () => {
    const value = {
      a: null,
      b: undefined,
      c: '',
      d: [],
      e: {},
      f: { g: { h: [null, '', {}] } },
      kept: [{ x: 1, y: null }, '', [[]], 'text'],
    };
    expect(prune(value)).toEqual({ kept: [{ x: 1 }, 'text'] });
  });

  it('keeps 0, false and blank text, which are answers', () => {
    const value = { zero: 0, no: false, blank: ' ', list: [0, false] };
    expect(prune(value)).toEqual(value);
  });

  it.each([[null], [undefined], [''], [[]], [{}], [{ a: [{}] }]])('makes nothing of %j', (empty) => {
    expect(prune(empty)).toBeUndefined();
  });

  it('leaves its argument as it was', () => {
    const value = { a: null, b: [''] };
    prune(value);
    expect(value).toEqual({ a: null, b: [''] });
  });
});

describe('isRecord', () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    [undefined, false],
    ['text', false],
    [() => 1, false],
  ])('of %o is %s', (value, expected) => {
    expect(isRecord(value)).toBe(expected);
  });
});

describe('jsonBytes', () => {
  it('counts bytes, not characters', () => {
    expect(jsonBytes('aé€😀')).toBe(2 + 1 + 2 + 3 + 4);
    expect(jsonBytes({ a: '\u0001' })).toBe('{"a":"\\u0001"}'.length);
  });

  it('counts nothing for what JSON cannot carry', () => {
    expect(jsonBytes(undefined)).toBe(0);
  });
});
