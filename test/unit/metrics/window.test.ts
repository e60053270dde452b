import { describe, expect, it } from 'vitest';
import { OTHER } from '../../../src/metrics/labels.ts';
import { MOST_LABELS, Windows } from '../../../src/metrics/window.ts';
import { call, HOUR, NOW } from './support.ts';

/** Windows that were told of calls, each at its own time of day. */
function windowsOf(calls: readonly ReturnType<typeof call>[], most?: typeof MOST_LABELS): Windows {
  const windows = new Windows(most);
  for (const each of calls) for (const cell of windows.cells(each.at, each, NOW)) cell.addCall(each);
  return windows;
}

describe('a span', () => {
  it('of 24 hours counts to five minutes, one of 7 days to an hour', () => {
    const ages = [0, 23.9, 24, 25, 24 * 6.9, 24 * 7, 24 * 8].map((hours) => hours * HOUR);
    const windows = windowsOf(ages.map((age) => call({ at: NOW - age })));
    expect(windows.sums('24h', NOW).all.calls).toBe(3);
    expect(windows.sums('7d', NOW).all.calls).toBe(6);
  });

  it('says since when it counts: never less than it is called', () => {
    const windows = new Windows();
    for (const [span, hours, bucket] of [
      ['24h', 24, HOUR / 12],
      ['7d', 168, HOUR],
    ] as const) {
      const { since } = windows.sums(span, NOW);
      expect(NOW - since).toBeGreaterThanOrEqual(hours * HOUR);
      expect(NOW - since).toBeLessThan(hours * HOUR + bucket);
      const edges = [call({ at: since }), call({ at: since - 1 })];
      expect(windowsOf(edges).sums(span, NOW).all.calls).toBe(1);
    }
  });

  it('moves along with the clock, without a timer', () => {
    const windows = windowsOf([call()]);
    expect(windows.sums('24h', NOW + 23 * HOUR).all.calls).toBe(1);
    expect(windows.sums('24h', NOW + 25 * HOUR).all.calls).toBe(0);
    expect(windows.sums('7d', NOW + 25 * HOUR).all.calls).toBe(1);
  });

  it('loses nothing when the clock is set back a little', () => {
    const windows = windowsOf([call({ at: NOW })]);
    expect(windows.sums('24h', NOW - 3 * 60_000).all.calls).toBe(1);
  });

  it('does not count what is yet to come', () => {
    expect(windowsOf([call({ at: NOW + 2 * HOUR })]).sums('7d', NOW).all.calls).toBe(0);
  });
});

describe('labels', () => {
  it('beyond the most there are lose their place to the newest, and no call is lost', () => {
    const windows = windowsOf(
      Array.from({ length: 5_000 }, (_, index) => call({ client: `client-${index}`, process: `p-${index}` })),
    );
    const { all, by } = windows.sums('24h', NOW);
    expect(all.calls).toBe(5_000);
    for (const dimension of ['client', 'process'] as const) {
      const cells = by[dimension];
      expect(cells.size).toBe(MOST_LABELS[dimension] + 1);
      expect([...cells.values()].reduce((sum, { calls }) => sum + calls, 0)).toBe(5_000);
    }
    expect(by.client.get('client-4999')?.calls).toBe(1);
    expect(by.client.get(OTHER)?.calls).toBe(5_000 - MOST_LABELS.client);
  });

  it('keep their place while they are used', () => {
    const windows = windowsOf(
      ['a', 'b', 'a', 'c'].map((client) => call({ client })),
      { tool: 2, client: 2, process: 2, token: 2 },
    );
    const { by } = windows.sums('24h', NOW);
    expect(Object.fromEntries(Array.from(by.client, ([name, { calls }]) => [name, calls]))).toEqual({
      [OTHER]: 1,
      a: 2,
      c: 1,
    });
  });
});
