import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/gateway/caller.ts';
import type { CallRecord } from '../../../src/gateway/record.ts';
import { Meter } from '../../../src/metrics/meter.ts';
import { DEFAULT_PRICES } from '../../../src/metrics/prices.ts';
import { prometheusText } from '../../../src/metrics/prometheus.ts';
import { ESTIMATING } from '../../../src/metrics/tokens.ts';
import { parseExposition } from '../../support/exposition.ts';

const agent = (name: string): Caller => ({ kind: 'agent', session: 's', client: { name, version: '1' } });

async function meterOf(records: readonly Partial<CallRecord>[]): Promise<Meter> {
  const meter = new Meter({ process: 'p', counter: ESTIMATING, prices: DEFAULT_PRICES });
  for (const change of records) {
    const record: CallRecord = {
      call: 1,
      time: new Date(5_000),
      tool: 'list_directories',
      caller: agent('claude'),
      ms: 12,
      bytes: 10,
      status: 'ok',
      ...change,
    };
    meter.observe(record, { input: {}, shown: '{"a":1}', whole: { a: 1, b: 'more' }, redacted: true });
  }
  await meter.close();
  return meter;
}

const samplesOf = async (records: readonly Partial<CallRecord>[]) =>
  parseExposition(prometheusText(await meterOf(records), '1.2.3'));

describe('the text', () => {
  it('has each figure, with what it means and its type', async () => {
    const { families, value } = await samplesOf([{}, { status: 'TIMEOUT', ms: 700 }, { ms: 200_000 }]);
    expect(
      Object.fromEntries(families.map(({ name, type }) => [name.replace('workos_mcp_', ''), type])),
    ).toEqual({
      build_info: 'gauge',
      sessions: 'gauge',
      last_call_timestamp_seconds: 'gauge',
      calls_total: 'counter',
      client_calls_total: 'counter',
      call_duration_seconds: 'histogram',
      result_bytes_total: 'counter',
      tokens_total: 'counter',
      covered_values_total: 'counter',
      incidents_total: 'counter',
    });
    expect(families.every(({ help }) => help !== '')).toBe(true);
    const tool = 'list_directories';
    expect(value('workos_mcp_build_info', { version: '1.2.3' })).toBe(1);
    expect(value('workos_mcp_calls_total', { tool, status: 'ok' })).toBe(2);
    expect(value('workos_mcp_calls_total', { tool, status: 'TIMEOUT' })).toBe(1);
    expect(value('workos_mcp_incidents_total', { kind: 'failure' })).toBe(1);
    expect(value('workos_mcp_result_bytes_total', { tool })).toBe(30);
    expect(value('workos_mcp_last_call_timestamp_seconds', {})).toBe(5);
    expect(value('workos_mcp_tokens_total', { tool, use: 'saved' })).toBeGreaterThan(0);
  });

  it('has a histogram whose steps add up', async () => {
    const { value } = await samplesOf([10, 11, 700, 200_000].map((ms) => ({ ms })));
    const tool = 'list_directories';
    const steps = ['0.01', '0.025', '0.5', '1', '120', '+Inf'].map((le) =>
      value('workos_mcp_call_duration_seconds_bucket', { tool, le }),
    );
    expect(steps).toEqual([1, 2, 2, 3, 3, 4]);
    expect(value('workos_mcp_call_duration_seconds_count', { tool })).toBe(4);
    expect(value('workos_mcp_call_duration_seconds_sum', { tool })).toBeCloseTo(200.721, 6);
  });

  it('escapes what a label may not hold', async () => {
    const version = '1"\\2\n3';
    const { value } = parseExposition(prometheusText(await meterOf([]), version));
    expect(value('workos_mcp_build_info', { version })).toBe(1);
  });

  it('of nothing is as good a text', async () => {
    const { value } = await samplesOf([]);
    expect(value('workos_mcp_sessions', {})).toBe(0);
    expect(value('workos_mcp_incidents_total', { kind: 'kill' })).toBe(0);
  });
});

describe('names of clients', () => {
  it('can not break out of the label, nor tell an address', async () => {
    const { families } = await samplesOf([
      { caller: agent('evil"} 1\nworkos_mcp_sessions 99 \\ jo@acme.com') },
    ]);
    const clients = families.find(({ name }) => name === 'workos_mcp_client_calls_total')!;
    expect(clients.samples).toEqual([
      { name: clients.name, labels: { client: expect.stringMatching(/^[\w .()+/-]+$/u) }, value: 1 },
    ]);
    expect(families.find(({ name }) => name === 'workos_mcp_sessions')?.samples[0]?.value).toBe(0);
  });

  it('are as many as there is room for, and no sum ever shrinks', async () => {
    const meter = await meterOf([]);
    let before = new Map<string, number>();
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 100; index += 1) {
        const record = {
          call: 1,
          time: new Date(),
          tool: 'list_directories',
          caller: agent(`c${index + 30 * round}`),
          ms: 1,
          bytes: 1,
          status: 'ok',
        } as const;
        meter.observe(record, { input: {}, shown: '', redacted: true });
      }
      const { families } = parseExposition(prometheusText(meter, '1'));
      const now = new Map(
        families
          .find(({ name }) => name === 'workos_mcp_client_calls_total')!
          .samples.map(({ labels, value }) => [labels['client']!, value]),
      );
      expect(now.size).toBe(51);
      for (const [client, calls] of before) expect(now.get(client)).toBeGreaterThanOrEqual(calls);
      expect([...now.values()].reduce((sum, calls) => sum + calls, 0)).toBe(100 * (round + 1));
      before = now;
    }
    await meter.close();
  });
});
