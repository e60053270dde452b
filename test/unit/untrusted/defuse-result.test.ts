import { describe, expect, it } from 'vitest';
import { defuseResult } from '../../../src/untrusted/defuse-result.ts';

const ZWSP = '\u200B';

describe('a result', () => {
  it('has every text and every key defused, wherever it stands', () => {
    const { value, altered } = defuseResult({
      name: `Ac${ZWSP}me`,
      domains: [{ domain: `ev${ZWSP}il.example` }, `b${ZWSP}`],
      items: [{ custom_attributes: { [`k${ZWSP}ey`]: { deep: [[`v${ZWSP}`]] } } }, `row${ZWSP}`, 7, null],
    });
    expect(value).toEqual({
      name: 'Acme',
      domains: [{ domain: 'evil.example' }, 'b'],
      items: [{ custom_attributes: { key: { deep: [['v']] } }, altered: true }, 'row', 7, null],
    });
    expect(altered).toBe(true);
  });

  it('says of each row whether it was', () => {
    const rows = [{ name: 'a' }, { name: `b${ZWSP}` }, { name: 'c' }];
    const { value, altered } = defuseResult({ items: rows });
    expect(value).toEqual({ items: [{ name: 'a' }, { name: 'b', altered: true }, { name: 'c' }] });
    expect(altered).toBe(true);
  });

  it('that is harmless stays as it is', () => {
    const result = {
      environment: { name: 'Sample account', kind: 'sandbox' },
      items: [{ id: 'org_1', name: '株式会社', omitted: { name: 3 }, count: 1, gone: undefined }],
      complete: true,
      next_cursor: 'x'.repeat(5_000),
    };
    expect(defuseResult(result)).toEqual({ value: result, altered: false });
  });

  it('keeps both of two keys that look the same, and one that every object has', () => {
    const metadata = JSON.parse(`{"a":1,"a${ZWSP}":2,"a${ZWSP}${ZWSP}":3,"__proto__":"x${ZWSP}"}`) as object;
    const { value } = defuseResult({ metadata });
    expect(Object.entries(value['metadata'] as object)).toEqual([
      ['a', 1],
      ['a 2', 2],
      ['a 3', 3],
      ['__proto__', 'x'],
    ]);
    expect(Object.getPrototypeOf(value['metadata'])).toBe(Object.prototype);
  });

  it('tells what was cut off in its own fields and those of its rows', () => {
    const long = 'word '.repeat(1_000);
    const { value } = defuseResult({ name: long, items: [{ name: long, omitted: { groups: 2 } }] });
    const { length } = String(value['name']).slice(0, -1);
    expect(value).toMatchObject({
      omitted: { name: long.length - length },
      items: [{ omitted: { groups: 2, name: long.length - length } }],
    });
  });
});
