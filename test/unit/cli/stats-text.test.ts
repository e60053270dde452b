import { expect, it } from 'vitest';
import { statsText } from '../../../src/cli/stats-text.ts';
import { clientLabel, OTHER } from '../../../src/metrics/labels.ts';
import { Meter } from '../../../src/metrics/meter.ts';
import type { EventKind, Past } from '../../../src/metrics/past.ts';
import { DEFAULT_PRICES } from '../../../src/metrics/prices.ts';
import { ESTIMATING } from '../../../src/metrics/tokens.ts';
import { call, NOW, sourceOf } from '../metrics/support.ts';

async function textOf(clients: readonly string[]): Promise<string> {
  return textAfter(clients.map((client) => call({ client, status: 'TIMEOUT' })));
}

async function textAfter(past: readonly Past[]): Promise<string> {
  const meter = new Meter({ process: 'p', counter: ESTIMATING, prices: DEFAULT_PRICES, now: () => NOW });
  await meter.rebuild(sourceOf(past));
  return statsText(meter.report(), DEFAULT_PRICES);
}

const agent = (name: string) => clientLabel({ kind: 'agent', session: 's', client: { name, version: '1' } });

it('lets no control character of a client’s name reach the terminal, nor break a line', async () => {
  const hostile = '\u001b[31m\u202Eevil\r\nRequests 99';
  // As a journal could say it, and as a client is called.
  for (const name of [hostile, agent(hostile)]) {
    const text = await textOf([name]);
    expect(text).toContain('evil');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/u);
    expect(text.match(/^Requests/gmu)).toHaveLength(1);
  }
});

it('keeps its columns under long names, and its length under many', async () => {
  const text = await textOf(Array.from({ length: 40 }, (_, index) => `client-${index}-${'x'.repeat(100)}`));
  const rows = text.split('\n').filter((line) => line.startsWith('  client-'));
  expect(rows).toHaveLength(10);
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
});

it('without calls there is no rate and no time', async () => {
  const of = (text: string, label: string) => text.split('\n').find((line) => line.startsWith(label));
  const [none, some] = [await textOf([]), await textOf(['one'])];
  for (const label of ['Error rate', 'Avg response', 'P95 latency']) {
    expect(of(none, label)).toMatch(/ –\s+–$/u);
    expect(of(some, label)).toMatch(/\d (?:%|ms)$/u);
  }
  expect(of(none, 'Values masked')).toMatch(/ 0\s+0$/u);
});

it('ordinary readings and failures push out nothing serious, and what is not shown is counted', async () => {
  const event = (kind: EventKind) =>
    ({ type: 'event', at: NOW - 60_000, process: 'p', kind, cause: 'Because.' }) as const;
  const tools = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
  const text = await textAfter([
    ...(['honeypot', 'kill', 'access', 'heal'] as const).map(event),
    ...tools.map((tool, at) => call({ tool, call: at, untrusted: true, status: 'TIMEOUT' })),
  ]);
  const kinds = Array.from(text.matchAll(/Z {2}(\w+) +1× /gu), ([, kind]) => kind);
  expect(kinds).toEqual([
    'honeypot',
    'kill',
    'access',
    ...Array.from({ length: 5 }, () => 'failure'),
    'heal',
    'taint',
  ]);
  expect(text).toContain('\n  Not shown: 18 less serious or older (stats --json has all).\n');
  expect(await textAfter([event('kill')])).not.toContain('Not shown');
});

it('says of how many calls the tokens are unknown, and where there are more clients than are named', async () => {
  const tokens = { arguments: 1, result: 2, saved: 3, exact: true };
  const known = await textAfter([call({ tokens })]);
  expect(known).toMatch(/^Active clients +1 +1$/mu);
  expect(known).not.toContain('tokens unknown');
  const unknown = await textOf(Array.from({ length: 60 }, (_, index) => `c${index}`));
  expect(unknown).toMatch(/^Active clients +50\+ +50\+$/mu);
  expect(unknown).toMatch(/^Calls, tokens unknown +60 +60$/mu);
});

it('no client takes a name that is ours', () => {
  expect(agent(OTHER)).toBe('other)');
  expect(agent(' ((terminal)')).toBe('terminal)');
  expect(agent('')).toBe('unknown');
  expect(agent('x'.repeat(5_000))).toHaveLength(60);
});
