import type { PastCall } from '../../src/metrics/past.ts';

/** Latency figures are within this share of the truth. */
export const PRECISION = 0.005;

/** The plain way to the same figures: every call is kept, sorted and added up. */
export function naive(calls: readonly PastCall[]) {
  const times = calls.map(({ ms }) => ms).sort((a, b) => a - b);
  const quantile = (share: number) => times[Math.max(1, Math.ceil(share * times.length)) - 1] ?? 0;
  const sum = (of: (call: PastCall) => number) => calls.reduce((total, call) => total + of(call), 0);
  const errors = calls.filter(({ status }) => status !== 'ok').length;
  return {
    requests: calls.length,
    errors,
    error_rate: calls.length === 0 ? 0 : errors / calls.length,
    avg: calls.length === 0 ? 0 : sum(({ ms }) => ms) / calls.length,
    max: times.at(-1) ?? 0,
    quantiles: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
    bytes: sum(({ bytes }) => bytes),
    covered: sum(({ covered = {} }) => Object.values(covered).reduce((total, count) => total + count, 0)),
    last: calls.length === 0 ? null : new Date(Math.max(...calls.map(({ at }) => at))).toISOString(),
    result: sum(({ tokens }) => tokens?.result ?? 0),
    arguments: sum(({ tokens }) => tokens?.arguments ?? 0),
    saved: sum(({ tokens }) => tokens?.saved ?? 0),
  };
}

/** The calls of each tool, client or process. */
export function groups(calls: readonly PastCall[], by: 'tool' | 'client' | 'process') {
  return Map.groupBy(calls, (call) => call[by]);
}
