import { expect } from 'vitest';
import type { MetricsSource, Past, PastCall } from '../../../src/metrics/past.ts';
import type { Figures } from '../../../src/metrics/report.ts';
import { naive, PRECISION } from '../../support/naive-metrics.ts';

/** A Monday in the middle of a bucket. */
export const NOW = Date.UTC(2026, 5, 1, 12, 2, 30);
export const HOUR = 3_600_000;

/** A call like any other, but for what a test says. */
export function call(change: Partial<PastCall> = {}): PastCall {
  return {
    type: 'call',
    at: NOW - 1_000,
    process: '1-a',
    call: 1,
    tool: 'list_directories',
    client: 'claude-code',
    ms: 12.5,
    bytes: 100,
    status: 'ok',
    ...change,
  };
}

/** A source that knows just these. */
export function sourceOf(past: readonly Past[]): MetricsSource {
  return {
    read: async function* (since) {
      yield* past.filter(({ at }) => at >= since);
    },
  };
}

/** Compares figures with those of the plain way. */
export function expectFigures(figures: Figures, calls: readonly PastCall[]): void {
  const truth = naive(calls);
  const { latency_ms: latency, tokens } = figures;
  expect(figures).toMatchObject({
    requests: truth.requests,
    errors: truth.errors,
    error_rate: truth.error_rate,
    bytes: truth.bytes,
    covered: truth.covered,
    last_activity: truth.last,
  });
  expect(latency.avg).toBeCloseTo(truth.avg, 4);
  expect(latency.max).toBeCloseTo(truth.max, 4);
  for (const name of ['p50', 'p95', 'p99'] as const) {
    const exact = truth.quantiles[name];
    expect(Math.abs(latency[name] - exact)).toBeLessThanOrEqual(exact * PRECISION + 1e-6);
  }
  expect(tokens).toMatchObject({
    result: truth.result,
    arguments: truth.arguments,
    saved_by_shaping: truth.saved,
  });
}
