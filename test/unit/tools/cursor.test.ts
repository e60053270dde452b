import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bindCursor, decodeCursor, encodeCursor } from '../../../src/tools/cursor.ts';

const state = z.tuple([z.string(), z.number()]);
const binding = bindCursor('env', 'tool', { a: 1, b: ['x'] });
const refusal = expect.objectContaining({ code: 'INVALID_CURSOR' });

describe('cursors', () => {
  it('are bound to environment, tool and filters, in whatever order these are given', () => {
    expect(bindCursor('env', 'tool', { b: ['x'], a: 1, c: undefined })).toBe(binding);
    for (const other of [
      bindCursor('env2', 'tool', { a: 1, b: ['x'] }),
      bindCursor('env', 'tool2', { a: 1, b: ['x'] }),
      bindCursor('env', 'tool', { a: 2, b: ['x'] }),
      bindCursor('env', 'tool', { a: 1, b: ['x', 'y'] }),
      bindCursor('env', 'tool', { a: 1 }),
    ]) {
      expect(other).not.toBe(binding);
    }
  });

  it('give back what they hold, whatever text it is', () => {
    for (const text of ['org_1', '', 'é🚀"\\\n']) {
      const cursor = encodeCursor(binding, [text, 7]);
      expect(cursor).toMatch(/^[\w-]+$/u);
      expect(decodeCursor(cursor, binding, state)).toEqual([text, 7]);
    }
    expect(decodeCursor(undefined, binding, state)).toBeUndefined();
  });

  it.each([
    ['another binding', encodeCursor('other', ['a', 1])],
    ['another state', encodeCursor(binding, ['a', 'b'])],
    ['nothing', ''],
    ['no JSON', 'abc'],
    ['JSON of another shape', Buffer.from('{"0":1}').toString('base64url')],
    ['more than two parts', Buffer.from(JSON.stringify([binding, ['a', 1], 1])).toString('base64url')],
    ['a cut one', encodeCursor(binding, ['a', 1]).slice(0, -4)],
  ])('with %s are refused', (_what, cursor) => {
    expect(() => decodeCursor(cursor, binding, state)).toThrow(refusal);
  });
});
