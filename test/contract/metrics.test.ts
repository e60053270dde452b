import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PastCall } from '../../src/metrics/past.ts';
import { parseExposition } from '../support/exposition.ts';
import { type MixedLoad, runMixedLoad } from '../support/mixed-load.ts';
import { groups, naive } from '../support/naive-metrics.ts';
import { expectFigures } from '../unit/metrics/support.ts';

let load: MixedLoad;
let calls: readonly PastCall[];
beforeAll(async () => {
  load = await runMixedLoad();
  calls = load.past.filter((past) => past.type === 'call');
}, 120_000);

const sorted = (rows: readonly string[]) => rows.toSorted((a, b) => (a < b ? -1 : 1));

describe('what is recorded', () => {
  it('is each call once, as its client saw it', () => {
    const { seen } = load;
    expect(seen).toHaveLength(91);
    expect(new Set(seen.map(({ status }) => status)).size).toBeGreaterThan(2);
    const rows = calls.map(({ client, tool, status, bytes }) => `${client} ${tool} ${status} ${bytes}`);
    const truth = seen.map(
      ({ client, tool, status, text }) => `${client} ${tool} ${status} ${Buffer.byteLength(text)}`,
    );
    expect(sorted(rows)).toEqual(sorted(truth));
  });

  it('took as long as the live lines of the server say', () => {
    const served = calls.find(({ client }) => client === 'first')?.process;
    const rows = calls.filter((call) => call.process === served);
    expect(rows).toHaveLength(60);
    const lines = load.lines.filter((line) => / (?:first|second) 1\.0 /u.test(line));
    expect(sorted(lines.map((line) => line.split(/ +/u).slice(1).join(' ')))).toEqual(
      sorted(
        rows.map(
          ({ tool, client, ms, bytes, status }) =>
            `${tool} ${client} 1.0 ${ms.toFixed(0)} ${bytes.toLocaleString('en-US')} ${status}`,
        ),
      ),
    );
  });

  it('has as many tokens as the tokenizer finds in what clients got, and none for a person', () => {
    for (const client of ['first', 'second', 'over-stdio']) {
      const counted = calls.filter((call) => call.client === client);
      expect(counted.every(({ tokens }) => tokens?.exact)).toBe(true);
      const texts = load.seen.filter((each) => each.client === client).map(({ text }) => text);
      const truth = texts.reduce((sum, text) => sum + countTokens(text), 0);
      expect(Math.abs(naive(counted).result / truth - 1)).toBeLessThan(0.01);
    }
    const person = calls.filter(({ client }) => client === '(terminal)');
    expect(person.map(({ tokens }) => tokens)).toEqual([undefined]);
    expect(naive(calls).saved).toBeGreaterThan(0);
  });

  it('holds no argument, no result, no key and no token', () => {
    const text = JSON.stringify(load.past);
    for (const secret of [load.token, 'sk_test', 'Acme', 'Nobody', '@']) expect(text).not.toContain(secret);
  });
});

describe('stats --json', () => {
  it('equals what is added up one by one, over all processes, for each tool, client and process', () => {
    for (const span of Object.values(load.after.spans)) {
      expectFigures(span, load.files);
      for (const [dimension, rows] of [
        ['tool', span.tools],
        ['client', span.clients],
        ['process', span.processes],
      ] as const) {
        const truth = groups(load.files, dimension);
        expect(sorted(rows.map(({ name }) => name))).toEqual(sorted([...truth.keys()]));
        for (const row of rows) expectFigures(row, truth.get(row.name)!);
      }
      const { result, arguments: written } = naive(calls);
      expect(span.estimated_cost.spent).toBeCloseTo((3 * result + 15 * written) / 1e6, 5);
      expect(span.active_clients).toBe(3);
    }
  });

  it('knows the sessions that are open, while they are', () => {
    expect([load.during.live_sessions, load.after.live_sessions]).toEqual([3, 0]);
  });

  it('tells what went wrong', () => {
    const tool = 'get_organization_details';
    const failed = load.seen.filter(
      (each) => each.client === 'first' && each.status === 'NOT_FOUND' && each.tool === tool,
    );
    expect(failed.length).toBeGreaterThan(0);
    expect(load.after.incidents).toContainEqual(
      expect.objectContaining({ kind: 'error', client: 'first', tool, count: failed.length }),
    );
  });
});

it('GET /metrics equals what the process recorded', () => {
  const { status, headers, body } = load.metrics;
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const { value } = parseExposition(body);
  const served = calls.filter(({ client }) => ['first', 'second'].includes(client));
  for (const [tool, rows] of groups(served, 'tool')) {
    const truth = naive(rows);
    for (const [code, each] of Map.groupBy(rows, (call) => call.status))
      expect(value('workos_mcp_calls_total', { tool, status: code })).toBe(each.length);
    expect(value('workos_mcp_result_bytes_total', { tool })).toBe(truth.bytes);
    expect(value('workos_mcp_tokens_total', { tool, use: 'result' })).toBe(truth.result);
    expect(value('workos_mcp_call_duration_seconds_count', { tool })).toBe(rows.length);
    const seconds = value('workos_mcp_call_duration_seconds_sum', { tool });
    expect(seconds).toBeCloseTo((truth.avg * rows.length) / 1000, 6);
  }
  expect(value('workos_mcp_client_calls_total', { client: 'first' })).toBe(30);
  expect(value('workos_mcp_sessions', {})).toBe(2);
});
