import { describe, expect, it } from 'vitest';
import { Meter } from '../../../src/metrics/meter.ts';
import type { Past, PastCall } from '../../../src/metrics/past.ts';
import { DEFAULT_PRICES, type Prices } from '../../../src/metrics/prices.ts';
import { ESTIMATING } from '../../../src/metrics/tokens.ts';
import { groups } from '../../support/naive-metrics.ts';
import { seeded } from '../gateway/support.ts';
import { call, expectFigures, HOUR, NOW, sourceOf } from './support.ts';

async function reportOf(past: readonly Past[], prices: Prices = DEFAULT_PRICES) {
  const meter = new Meter({ process: 'p', counter: ESTIMATING, prices, now: () => NOW });
  await meter.rebuild(sourceOf(past));
  return meter.report();
}

const random = seeded(11);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
const tokens = () => ({
  arguments: pick([5, 20]),
  result: pick([300, 2_000]),
  saved: pick([0, 900]),
  exact: true,
});
const mixed: PastCall[] = Array.from({ length: 3_000 }, () =>
  call({
    at: NOW - random() * 9 * 24 * HOUR,
    process: pick(['1-a', '2-b', '3-c']),
    tool: pick(['list_directories', 'list_directory_users', 'get_audit_log_events']),
    client: pick(['claude-code', 'copilot', '(terminal)']),
    ms: 1 + 2_000 * random() ** 4,
    bytes: Math.floor(random() * 8_000),
    status: pick(['ok', 'ok', 'ok', 'NOT_FOUND', 'TIMEOUT']),
    ...(random() < 0.3 && { covered: { email: 2, ssn: 1 } }),
    ...(random() < 0.8 && { tokens: tokens() }),
  }),
);

describe('figures of a mixed week', async () => {
  const report = await reportOf(mixed);

  it.each(['24h', '7d'] as const)(
    'of %s equal those added up one by one, for all and each tool, client and process',
    (name) => {
      const span = report.spans[name];
      const calls = mixed.filter(({ at }) => at >= Date.parse(span.since));
      expect(calls.length).toBeGreaterThan(100);
      expectFigures(span, calls);
      for (const [dimension, rows] of [
        ['tool', span.tools],
        ['client', span.clients],
        ['process', span.processes],
      ] as const) {
        const truth = groups(calls, dimension);
        expect(rows.map((row) => row.name).sort()).toEqual([...truth.keys()].sort());
        for (const row of rows) expectFigures(row, truth.get(row.name)!);
      }
    },
  );

  it('name the tool with the highest average, and the one with most calls', () => {
    const { tools, slowest_tool: slowest, busiest_tool: busiest } = report.spans['7d'];
    expect(slowest).toBe(tools.toSorted((a, b) => b.latency_ms.avg - a.latency_ms.avg)[0]?.name);
    expect(busiest).toBe(tools.toSorted((a, b) => b.requests - a.requests)[0]?.name);
  });

  it('count clients of agents as active, and no person', () => {
    expect(report.spans['24h']).toMatchObject({ active_clients: 2, more_active_clients: false });
  });
});

it('count at least as many clients as have figures of their own', async () => {
  const past = Array.from({ length: 60 }, (_, number) => call({ call: number, client: `c${number}` }));
  const { spans } = await reportOf([call({ client: '(terminal)' }), ...past]);
  expect(spans['24h']).toMatchObject({ active_clients: 50, more_active_clients: true });
});

it('say of how many calls of agents nobody knows the tokens', async () => {
  const use = { arguments: 1, result: 2, saved: 3, exact: true };
  const { spans } = await reportOf([
    call({ call: 1, tokens: use }),
    call({ call: 2 }),
    call({ call: 3, client: '(terminal)' }),
    call({ call: 4 }),
    { ...call({ call: 4, tokens: use }), type: 'more' },
    call({ call: 5, at: NOW - 48 * HOUR }),
  ]);
  expect(spans['24h'].tokens.uncounted_calls).toBe(1);
  expect(spans['7d'].tokens.uncounted_calls).toBe(2);
  const clients = spans['7d'].clients.map((row) => [row.name, row.tokens.uncounted_calls]);
  expect(clients).toEqual([
    ['claude-code', 2],
    ['(terminal)', 0],
  ]);
});

it('of nothing are zeros and nulls', async () => {
  const { spans, live_sessions: sessions, incidents } = await reportOf([]);
  expect({ sessions, incidents }).toEqual({ sessions: 0, incidents: [] });
  expect(spans['24h']).toMatchObject({ requests: 0, error_rate: 0, slowest_tool: null, last_activity: null });
  expectFigures(spans['24h'], []);
});

it('cost what the prices say, by client', async () => {
  const use = { arguments: 1_000, result: 100_000, saved: 50_000, exact: true };
  const prices = {
    currency: 'EUR',
    clients: { '*': { input: 1, output: 10 }, copilot: { input: 2, output: 20 } },
  };
  const past = ['copilot', 'other', 'toString'].map((client) => call({ client, tokens: use }));
  const { clients, estimated_cost: cost } = (await reportOf(past, prices)).spans['24h'];
  expect(Object.fromEntries(clients.map((row) => [row.name, row.estimated_cost.spent]))).toEqual({
    copilot: 0.22,
    other: 0.11,
    toString: 0.11,
  });
  expect(cost).toEqual({ currency: 'EUR', spent: 0.44, saved: 0.2 });
});

it('leave out incidents that ended before, in a process that runs on', async () => {
  let now = NOW;
  const meter = new Meter({ process: 'p', counter: ESTIMATING, prices: DEFAULT_PRICES, now: () => now });
  meter.event({ kind: 'kill', cause: 'A.' });
  now += 24 * HOUR;
  meter.event({ kind: 'kill', cause: 'B.' });
  expect(meter.report().incidents.map(({ cause }) => cause)).toEqual(['B.', 'A.']);
  now += 7 * 24 * HOUR;
  expect(meter.report().incidents.map(({ cause }) => cause)).toEqual(['B.']);
});

it('have the sessions of each process once, as it said last', async () => {
  const sessions = (process: string, open: number) => ({ type: 'sessions', at: NOW, process, open }) as const;
  const { live_sessions: live } = await reportOf([
    sessions('1-a', 3),
    sessions('2-b', 1),
    sessions('1-a', 2),
  ]);
  expect(live).toBe(3);
});

it('a connection token that was renamed is one row, under its latest name', async () => {
  const early = call({ at: NOW - 2 * HOUR, call: 1, token: 'CI', tokenId: 'tok_1' });
  const late = call({ at: NOW - HOUR, call: 2, token: 'Build bot', tokenId: 'tok_1' });
  const other = call({ call: 3, token: 'CI', tokenId: 'tok_2' });
  const { spans } = await reportOf([late, early, other]);
  const rows = spans['24h'].connection_tokens.map(({ name, requests }) => [name, requests]);
  expect(rows).toEqual([
    ['Build bot', 2],
    ['CI', 1],
  ]);
});
