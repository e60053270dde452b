import { describe, expect, it } from 'vitest';
import { cutText, trimRecord } from '../../../src/gateway/trim.ts';

const CAPS = { entries: 2, text: 5 };

describe('a text', () => {
  it('is cut with a sign, and the characters left out are counted', () => {
    expect(trimRecord({ a: 'abcdefgh', b: 'abcde' }, CAPS)).toEqual({
      a: 'abcde…',
      b: 'abcde',
      omitted: { a: 3 },
    });
  });

  it.each([
    ['1234😀6', 5, '1234…', 3],
    ['123😀67', 5, '123😀…', 2],
    ['😀😀😀', 3, '😀…', 4],
    ['😀😀😀', 1, '…', 6],
  ])('%s is never cut within a character', (text, most, shown, left) => {
    expect(cutText(text, most)).toEqual({ shown, left });
  });

  it('that is an id, a cursor or the environment is useless unless whole', () => {
    const whole = {
      id: 'org_01EHWNCE74X7JSDV0X3SZ3KJNY',
      next_cursor: 'abcdefghij',
      environment: { name: 'Production' },
    };
    expect(trimRecord(whole, CAPS)).toEqual(whole);
  });

  it('that only pretends to be an id is cut', () => {
    expect(trimRecord({ id: 'x'.repeat(9_000) }, CAPS)).toMatchObject({ omitted: { id: 8_995 } });
  });
});

describe('a list', () => {
  it('is cut to its first entries, and the others are counted', () => {
    expect(trimRecord({ list: ['a', 'b', 'c', 'd'] }, CAPS)).toEqual({
      list: ['a', 'b'],
      omitted: { list: 2 },
    });
  });

  it('counts a cut text as left out, and one that is cut away only once', () => {
    expect(trimRecord({ list: ['abcdefgh', 'b', 'cdefghijk'] }, CAPS)).toEqual({
      list: ['abcde…', 'b'],
      omitted: { list: 2 },
    });
  });

  it('of records has each tell what it leaves out', () => {
    const rows = [{ id: 'one', name: 'abcdefg' }, { id: 'two' }, { id: 'three' }];
    expect(trimRecord({ rows }, CAPS)).toEqual({
      rows: [{ id: 'one', name: 'abcde…', omitted: { name: 2 } }, { id: 'two' }],
      omitted: { rows: 1 },
    });
  });

  it('of lists shows the beginning of what is too long', () => {
    expect(trimRecord({ list: [[1, 2, 3, 4], [1]] }, CAPS)).toEqual({
      list: ['[1,2,…', [1]],
      omitted: { list: 1 },
    });
  });
});

describe('a map', () => {
  it.each(['metadata', 'custom_attributes'])('of data, %s, is cut like a list', (field) => {
    expect(trimRecord({ [field]: { a: '1', b: 'abcdefgh', c: '3', d: '4' } }, CAPS)).toEqual({
      [field]: { a: '1', b: 'abcde…' },
      omitted: { [field]: 3 },
    });
  });

  it('may have long keys: an entry is left out once, and none is lost uncounted', () => {
    const metadata = { 'same-beginning-1': 'abcdefgh', 'same-beginning-2': 'x' };
    expect(trimRecord({ metadata }, CAPS)).toEqual({ metadata: { 'same-…': 'x' }, omitted: { metadata: 2 } });
  });

  it('may hold anything: what is large is shown as the beginning of its JSON', () => {
    const metadata = { deep: { list: Array.from({ length: 1_000 }, () => 'x') }, n: 1 };
    expect(trimRecord({ metadata }, CAPS)).toEqual({
      metadata: { deep: '{"lis…', n: 1 },
      omitted: { metadata: 1 },
    });
    const small = { metadata: { a: [1], b: null } };
    expect(trimRecord(small, CAPS)).toEqual(small);
  });
});

describe('a record', () => {
  it('that fits is as it was', () => {
    const value = { a: 'abc', n: 0, no: false, list: ['a', 'b'], nested: { text: 'abc' } };
    expect(trimRecord(value, CAPS)).toEqual(value);
  });

  it('within a record has its own count', () => {
    expect(trimRecord({ outer: { name: 'abcdefg' } }, CAPS)).toEqual({
      outer: { name: 'abcde…', omitted: { name: 2 } },
    });
  });

  it('adds to what its tool left out already', () => {
    expect(trimRecord({ list: ['a', 'b', 'c'], omitted: { list: 10, other: 1 } }, CAPS)).toEqual({
      list: ['a', 'b'],
      omitted: { list: 11, other: 1 },
    });
  });
});
