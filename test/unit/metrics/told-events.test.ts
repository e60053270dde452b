import { beforeEach, describe, expect, it } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import { auditEvents } from '../../../src/audit/events.ts';
import { createJournal } from '../../../src/metrics/journal.ts';
import { Meter } from '../../../src/metrics/meter.ts';
import { pastFiles } from '../../../src/metrics/past-files.ts';
import type { MetricsSink } from '../../../src/metrics/past.ts';
import { DEFAULT_PRICES } from '../../../src/metrics/prices.ts';
import { recordRecovery, recordRefusal } from '../../../src/metrics/record-incidents.ts';
import { ESTIMATING } from '../../../src/metrics/tokens.ts';
import { describeRecovery } from '../../../src/shared/recovery.ts';
import { THIS_PROCESS } from '../../../src/shared/running.ts';
import { newHome, trailIn } from '../audit/support.ts';
import { keepingLogger } from '../gateway/support.ts';

type Teller = 'trail' | 'journal';
const BOTH: readonly Teller[] = ['trail', 'journal'];

let dir: StateDir;
beforeEach(() => void (dir = newHome()));

const meterOf = (sink?: MetricsSink) =>
  new Meter({ process: THIS_PROCESS, counter: ESTIMATING, prices: DEFAULT_PRICES, ...(sink && { sink }) });

/** Lets something happen in a process that keeps it there, and reads the incidents of its files. */
async function incidentsAfter(
  tellers: readonly Teller[],
  happen: (meter: Meter, events: ReturnType<typeof auditEvents>) => void | Promise<void>,
) {
  const trail = await trailIn(dir);
  const meter = meterOf(tellers.includes('journal') ? createJournal(dir, keepingLogger()) : undefined);
  await happen(meter, auditEvents(tellers.includes('trail') ? trail : { event: async () => undefined }));
  await meter.close();
  await trail.close();
  const reader = meterOf();
  await reader.rebuild(pastFiles(dir));
  return reader
    .report()
    .incidents.map(({ cause, count }) => `${count}× ${cause}`)
    .toSorted();
}

describe('connections that were refused', () => {
  it.each([{ tellers: ['trail'] }, { tellers: ['journal'] }, { tellers: BOTH }] as const)(
    'are all counted, and once, by what $tellers tell',
    async ({ tellers }) => {
      const incidents = await incidentsAfter(tellers, (meter, events) => {
        const refused = recordRefusal(meter, events);
        for (const count of [1, 49]) refused('unknown', count);
        refused('missing', 3);
      });
      expect(incidents).toEqual([
        '3× Somebody tried to connect without a valid token (missing).',
        '50× Somebody tried to connect without a valid token (unknown).',
      ]);
    },
  );
});

it('another cause of the same kind, that only one of both tells of, is another incident', async () => {
  const crash = { what: 'isolate', why: 'it ran out of memory' } as const;
  const incidents = await incidentsAfter(BOTH, async (meter, events) => {
    const recovered = recordRecovery(meter, events);
    recovered({ ...crash, pausedMs: 60_000 });
    recovered(crash);
    await events.lockRefused(['a tool']);
  });
  expect(incidents).toEqual(
    [
      `1× ${describeRecovery({ ...crash, pausedMs: 60_000 })}`,
      '1× Nothing was served: this build does not fit the lockfile.',
      `1× ${describeRecovery(crash)}`,
    ].toSorted(),
  );
});
