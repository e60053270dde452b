import { createHistogram } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { Latency } from '../../../src/metrics/latency.ts';
import { PRECISION } from '../../support/naive-metrics.ts';
import { seeded } from '../gateway/support.ts';

const random = seeded(7);
/** From a tenth of a millisecond to two minutes, most of them short. */
const times = Array.from({ length: 5_000 }, () => 0.1 * 1_200_000 ** (random() ** 3));
const sorted = times.toSorted((a, b) => a - b);

function latencyOf(values: readonly number[]): Latency {
  const latency = new Latency();
  for (const ms of values) latency.add(ms);
  return latency;
}

describe('a quantile', () => {
  it.each([0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1])('of %d is the exact one, to half a percent', (share) => {
    const exact = sorted[Math.ceil(share * sorted.length) - 1]!;
    expect(Math.abs(latencyOf(times).quantile(share) - exact)).toBeLessThanOrEqual(exact * PRECISION);
  });

  it.each([0.5, 0.95, 0.99])('of %d is that of an HDR histogram', (share) => {
    const hdr = createHistogram({ lowest: 1, highest: 200_000_000, figures: 3 });
    for (const ms of times) hdr.record(Math.round(ms * 1_000));
    const theirs = hdr.percentile(share * 100) / 1_000;
    expect(Math.abs(latencyOf(times).quantile(share) / theirs - 1)).toBeLessThan(PRECISION + 0.001);
  });

  it('of one call is that call, of none is 0', () => {
    expect(latencyOf([42]).quantile(0.95)).toBeCloseTo(42, 0);
    expect(new Latency().quantile(0.95)).toBe(0);
  });

  it('of what took no time at all is next to nothing', () => {
    expect(latencyOf([0, 0]).quantile(0.5)).toBeLessThan(0.0011);
  });
});

it('is the same whether counted at once or in parts that are merged', () => {
  const parts = [
    latencyOf(times.slice(0, 100)),
    latencyOf(times.slice(100, 101)),
    latencyOf(times.slice(101)),
  ];
  const merged = new Latency();
  for (const part of parts) merged.merge(part);
  for (const share of [0.1, 0.5, 0.95, 0.999])
    expect(merged.quantile(share)).toBe(latencyOf(times).quantile(share));
});
