import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { recordRefusals } from '../../../src/audit/record-refusals.ts';
import { startTokens } from '../access/tokens-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('requests that are refused are told of once a minute, by reason', async () => {
  const told: [string, number][] = [];
  const gate = recordRefusals(startTokens().gate().gate, (why, count) => void told.push([why, count]));
  const knock = (times: number) => {
    for (let time = 0; time < times; time += 1) gate.refused('unknown');
  };
  const next = () => {
    vi.advanceTimersByTime(60_000);
    return told.splice(0);
  };
  knock(1000);
  gate.refused('missing');
  expect(told.splice(0)).toEqual([
    ['unknown', 1],
    ['missing', 1],
  ]);
  expect(next()).toEqual([['unknown', 999]]);
  knock(5);
  expect(told).toEqual([]);
  expect(next()).toEqual([['unknown', 5]]);
  expect(next()).toEqual([]);
  knock(3);
  expect(told.splice(0)).toEqual([['unknown', 1]]);
  await gate.close();
  expect(told).toEqual([['unknown', 2]]);
});
