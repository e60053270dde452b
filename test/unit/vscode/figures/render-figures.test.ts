import { describe, expect, it } from 'vitest';
import type { FeedEntry } from '../../../../src/metrics/feed.ts';
import { Meter } from '../../../../src/metrics/meter.ts';
import type { Past } from '../../../../src/metrics/past.ts';
import { DEFAULT_PRICES } from '../../../../src/metrics/prices.ts';
import { ESTIMATING } from '../../../../src/metrics/tokens.ts';
import { renderFigures, type ShownFigures } from '../../../../src/vscode/figures/render-figures.ts';
import { call, NOW, sourceOf } from '../../metrics/support.ts';
import { english } from '../english.ts';

const EVIL = 'a\n\nIncidents \u202Eb\u200B\u0000\u001B[31m https://evil.example/ $(alert) | x';

async function shown(past: readonly Past[], more: Partial<ShownFigures> = {}): Promise<string> {
  const meter = new Meter({ process: 'p', counter: ESTIMATING, prices: DEFAULT_PRICES, now: () => NOW });
  await meter.rebuild(sourceOf(past));
  return renderFigures(english, { report: meter.report(), prices: DEFAULT_PRICES, feed: [], ...more });
}

const entry = (change: Partial<FeedEntry>): FeedEntry => ({
  call: 1,
  at: NOW,
  tool: 'list_directories',
  verb: 'query',
  client: 'copilot',
  status: 'ok',
  ms: 12.4,
  inputBytes: 20,
  bytes: 1_234,
  ...change,
});

describe('the document of figures', () => {
  it('has the eight figures, sessions, tokens and costs of both spans', async () => {
    const tokens = { arguments: 100_000, result: 1_000_000, saved: 500_000, exact: true };
    const text = await shown([
      call({ ms: 100, tokens, covered: { ssn: 3 } }),
      call({ ms: 300, call: 2, tool: 'list_directory_users', status: 'TIMEOUT' }),
      call({ call: 3, at: NOW - 3 * 86_400_000, client: '(terminal)' }),
      { type: 'sessions', at: NOW, process: '1-a', open: 4 },
    ]);
    for (const line of [
      /^ +Last 24 hours +Last 7 days$/mu,
      /^Requests +2 +3$/mu,
      /^P95 latency +(?:299|300) ms +(?:299|300) ms$/mu,
      /^Error rate +50\.0 % +33\.3 %$/mu,
      /^Avg response +200 ms +1\d\d ms$/mu,
      /^Slowest tool +list_directory_users +list_directory_users$/mu,
      /^Busiest tool +list_directories +list_directories$/mu,
      /^Active clients +1 +1$/mu,
      /^Last activity +2026-06-01 12:02:29 +2026-06-01 12:02:29$/mu,
      /^Values masked +3 +3$/mu,
      /^Tokens saved by shaping +500,000 +500,000$/mu,
      /^Cost \(estimate\) +USD 4\.50 +USD 4\.50$/mu,
      /^Saved \(estimate\) +USD 1\.50 +USD 1\.50$/mu,
      /^Live sessions now: 4$/mu,
      /^Costs are estimates, at USD 3 per million tokens read and 15 written/mu,
    ])
      expect(text).toMatch(line);
  });

  it('says of how many calls the tokens are unknown, and where there are more clients than are named', async () => {
    const tokens = { arguments: 1, result: 2, saved: 3, exact: true };
    expect(await shown([call({ tokens })])).not.toContain('without token count');
    const text = await shown(Array.from({ length: 60 }, (_, at) => call({ call: at, client: `c${at}` })));
    expect(text).toMatch(/^Active clients +50\+ +50\+$/mu);
    expect(text).toMatch(/^Calls without token count +60 +60$/mu);
  });

  it('has tables by tool, client, process and connection token, of both spans', async () => {
    const text = await shown([call({ token: 'laptop' }), call({ call: 2, client: 'copilot' })]);
    for (const when of ['last 24 hours', 'last 7 days']) {
      for (const what of ['tool', 'client', 'process', 'connection token'])
        expect(text).toContain(`By ${what}, ${when}\n`);
    }
    expect(text).toMatch(/^laptop +1 +0 +13 +13 /mu);
    expect(await shown([call()])).not.toContain('By connection token');
  });

  it('tells incidents with their root cause in words', async () => {
    const text = await shown([
      call({ status: 'RATE_LIMITED' }),
      call({ call: 2, status: 'RATE_LIMITED' }),
      { type: 'event', at: NOW, process: 'p', kind: 'honeypot', cause: 'A decoy was used.' },
    ]);
    expect(text).toMatch(/^2026-06-01 12:02:30 {2}honeypot +1 +A decoy was used\.$/mu);
    expect(text).toMatch(/failure +2 {2}list_directories {2}claude-code {2}WorkOS takes fewer requests/u);
    expect(await shown([])).toContain('Incidents of the last 7 days\n\nNone.');
  });

  it('shows what is serious before what every reading makes, and counts what it does not show', async () => {
    const readings = Array.from({ length: 24 }, (_, at) =>
      call({ call: at, tool: `t${at}`, untrusted: true }),
    );
    const event = { type: 'event', at: NOW - 60_000, process: 'p', cause: 'A decoy was used.' } as const;
    const text = await shown([{ ...event, kind: 'honeypot' }, ...readings]);
    expect(text).toMatch(
      /Cause\n-.*\n.*honeypot +1 .*\n(?:.*third-party text.*\n){19}Not shown: 5 less serious/u,
    );
    expect(await shown([{ ...event, kind: 'honeypot' }])).not.toContain('Not shown');
  });

  it('shows the latest calls first, 30 of them', async () => {
    const feed = Array.from({ length: 40 }, (_, index) => entry({ at: NOW + index, status: `S${index}` }));
    const lines = (await shown([], { feed })).split('\n').filter((line) => / list_directories /u.test(line));
    expect(lines).toHaveLength(30);
    expect(lines[0]).toMatch(
      /^12:02:30\.039 {2}query {2}list_directories {2}copilot {2}S39 +12 +20 +1,234$/u,
    );
  });

  it('keeps what third parties wrote on its line, where it does nothing', async () => {
    const feed = [entry({ client: EVIL, preview: JSON.stringify({ name: EVIL }), verb: 'mutation' })];
    const text = await shown([call({ client: EVIL, tool: EVIL, token: EVIL, status: 'TIMEOUT' })], {
      feed,
      problem: EVIL,
      priceFault: EVIL,
    });
    for (const hidden of ['\u202E', '\u200B', '\u0000', '\u001B', '://']) expect(text).not.toContain(hidden);
    expect(text.match(/^Incidents /gmu)).toHaveLength(1);
  });

  it('says which setting has a fault, and where', async () => {
    const text = await shown([], { priceFault: 'clients.*.input' });
    expect(text).toContain(
      'The setting workos.prices is not used, since it has a fault at “clients.*.input”.',
    );
  });
});
