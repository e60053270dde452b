import { expect, it } from 'vitest';
import { createTaint } from '../../../src/access/taint.ts';

it('remembers each session by itself, and all once there are too many', () => {
  const taint = createTaint(3);
  taint.add('a');
  taint.add('b');
  expect(['a', 'b', 'c'].map((session) => taint.has(session))).toEqual([true, true, false]);
  taint.add('a');
  expect(taint.has('never seen')).toBe(false);
  taint.add('c');
  taint.add('d');
  expect(['a', 'd', 'never seen'].map((session) => taint.has(session))).toEqual([true, true, true]);
});
