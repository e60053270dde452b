import { describe, expect, it } from 'vitest';
import { FEED_LENGTH, PREVIEW_LENGTH } from '../../../src/metrics/feed.ts';
import { Meter } from '../../../src/metrics/meter.ts';
import type { Past } from '../../../src/metrics/past.ts';
import { DEFAULT_PRICES } from '../../../src/metrics/prices.ts';
import { ESTIMATING, estimated } from '../../../src/metrics/tokens.ts';
import { keepingLogger } from '../gateway/support.ts';
import { AGENT, PERSON, startMeasured } from './measured.ts';

describe('the live feed', async () => {
  const { gateway, meter, sandbox } = await startMeasured();
  const organization = sandbox.account.organizations[0]!;
  const secret = `sk_live_${'a1B2c3D4e5F6'.repeat(3)}`;
  organization.metadata = { key: secret };
  const ask = { organization: organization.id };
  await gateway.invoke('get_organization_details', ask, AGENT);
  await gateway.invoke('get_organization_details', ask, PERSON);
  await gateway.invoke('get_organization_details', ask, PERSON, { redacted: true });
  await gateway.invoke('get_organization_details', { secret }, AGENT);
  await gateway.invoke('create_workos_organization', { name: 'New', domains: ['new.example'] }, AGENT);
  await gateway.invoke('list_directories', {}, AGENT);
  const entries = meter.feed.entries();

  it('has every call: who, what, how large, how long', () => {
    expect(entries.map(({ tool, client, status, verb }) => [tool, client, status, verb])).toEqual([
      ['get_organization_details', 'claude-code', 'ok', 'query'],
      ['get_organization_details', '(terminal)', 'ok', 'query'],
      ['get_organization_details', '(terminal)', 'ok', 'query'],
      ['get_organization_details', 'claude-code', 'INVALID_INPUT', 'query'],
      ['create_workos_organization', 'claude-code', 'ok', 'mutation'],
      ['list_directories', 'claude-code', 'ok', 'query'],
    ]);
    expect(entries[0]).toMatchObject({ inputBytes: JSON.stringify(ask).length, bytes: expect.any(Number) });
    expect(entries.every(({ ms, bytes }) => ms > 0 && bytes > 0)).toBe(true);
  });

  it('shows the beginning of an answer as it was redacted, and nothing where nothing was', () => {
    expect(entries.map(({ preview }) => preview !== undefined)).toEqual([
      true,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(entries[0]?.preview).toContain(organization.name);
    expect(entries[0]?.covered).toEqual({ workos_key: 1 });
    expect(JSON.stringify(entries)).not.toContain(secret);
    for (const { preview = '' } of entries) expect(preview.length).toBeLessThanOrEqual(PREVIEW_LENGTH + 1);
  });

  it('is bounded', () => {
    const [entry] = entries;
    for (let count = 0; count < 2 * FEED_LENGTH; count += 1) meter.feed.add({ ...entry!, call: count });
    expect(meter.feed.entries()).toHaveLength(FEED_LENGTH);
    expect(meter.feed.entries().at(-1)?.call).toBe(2 * FEED_LENGTH - 1);
  });
});

describe('tokens', async () => {
  const texts: (readonly string[])[] = [];
  const kept: Past[] = [];
  const counter = {
    count: async (asked: readonly string[]) => {
      texts.push(asked);
      return { counts: asked.map(({ length }) => length), exact: true };
    },
    close: async () => undefined,
  };
  const sink = { write: (past: Past) => void kept.push(past), close: async () => undefined };
  const { gateway, meter, sandbox } = await startMeasured({ counter, sink });
  const acme = sandbox.account.organizations.find(({ name }) => name === 'Acme Corp')!;
  const input = { organization: acme.id, limit: 100 };
  const answer = await gateway.invoke('get_audit_log_events', input, AGENT);
  await gateway.invoke('get_audit_log_events', input, PERSON);
  await meter.close();

  it('are those of the arguments, of what the agent gets, and of what shaping kept from it', () => {
    const [[given, shown, whole] = []] = texts;
    expect(given).toBe(JSON.stringify(input));
    expect(shown).toBe(JSON.stringify(answer.ok ? answer.value : undefined));
    expect(whole!.length).toBeGreaterThan(8_000);
    expect(meter.report().spans['24h'].tokens).toEqual({
      arguments: given!.length,
      result: shown!.length,
      saved_by_shaping: whole!.length - shown!.length,
      estimated_calls: 0,
      uncounted_calls: 0,
    });
  });

  it('are not counted for a person', () => {
    expect(texts).toHaveLength(1);
  });

  it('are kept with the call', () => {
    const [first, second, ...more] = kept.toSorted((a) => ('tokens' in a ? -1 : 1));
    expect(more).toEqual([]);
    expect(first).toMatchObject({ client: 'claude-code', tokens: { exact: true } });
    expect(second).toMatchObject({ client: '(terminal)' });
    expect(second).not.toHaveProperty('tokens');
    const told = JSON.stringify(kept);
    for (const value of [acme.id, acme.name, 'limit', answer.ok ? answer.value.items[0]!.id! : ''])
      expect(told).not.toContain(value);
  });
});

const FINISHED = {
  call: 7,
  time: new Date(),
  tool: 'list_directories',
  caller: AGENT,
  ms: 1,
  bytes: 1,
  status: 'ok',
} as const;

it('a call that can not be counted is told in the log, and the others are counted', async () => {
  const logger = keepingLogger();
  const meter = new Meter({ process: 'p', counter: ESTIMATING, prices: DEFAULT_PRICES, logger });
  meter.observe(FINISHED, { input: 1n, shown: '{}', redacted: true });
  meter.observe({ ...FINISHED, call: 8 }, { input: {}, shown: '{}', redacted: true });
  expect(meter.feed.entries().map(({ call }) => call)).toEqual([8]);
  expect(logger.lines).toEqual([expect.stringMatching(/^error call 7 was not counted: TypeError: /)]);
  await meter.close();
});

it('a result that can not be JSON breaks nothing', async () => {
  const meter = new Meter({ process: 'p', counter: ESTIMATING, prices: DEFAULT_PRICES });
  meter.observe(FINISHED, { input: {}, shown: '{"a":1}', whole: { odd: 1n }, redacted: true });
  await meter.close();
  const { tokens } = meter.report().spans['24h'];
  expect(tokens).toMatchObject({
    result: estimated(['{"a":1}']).counts[0],
    saved_by_shaping: 0,
    estimated_calls: 1,
  });
});
