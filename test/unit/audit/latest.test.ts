import { appendFileSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { latestEntries } from '../../../src/audit/latest.ts';
import { auditOf, filesOf, handClock, newHome, recordCallsOn, trailIn } from './support.ts';

describe('the latest entries', () => {
  it('are those of all processes, the newest first, a call as one', async () => {
    const dir = newHome();
    const now = handClock();
    const [one, two] = [await trailIn(dir, { now }), await trailIn(dir, { now })];
    now.pass(1_000);
    await recordCallsOn(one, 1);
    now.pass(1_000);
    await recordCallsOn(two, 1);
    await one.event('kill.stopped');
    await one.close();
    await two.close();
    const kinds = latestEntries(auditOf(dir), 100).map(({ record }) => record.kind);
    expect(kinds.toSorted()).toEqual(['event', 'outcome', 'outcome', 'start', 'start', 'stop', 'stop']);
    const times = latestEntries(auditOf(dir), 100).map(({ record }) => record.time);
    expect(times).toEqual(times.toSorted().toReversed());
    expect(latestEntries(auditOf(dir), 100).find(({ intent }) => intent)?.intent?.kind).toBe('intent');
  });

  it('are no more than asked for, and those of files that are older than all of them are not read', async () => {
    const dir = newHome();
    const old = await trailIn(dir);
    await old.close();
    const [file] = filesOf(dir);
    const young = await trailIn(dir);
    await recordCallsOn(young, 20);
    await young.close();
    utimesSync(file!, new Date(0), new Date(0));
    const newest = latestEntries(auditOf(dir), 3).map(({ record }) => record.kind);
    expect(newest).toEqual(['stop', 'outcome', 'outcome']);
    expect(latestEntries(auditOf(dir), 100).map(({ record }) => record.kind)).toContain('start');
  });

  it('have no line that is being written, and none that is no record', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    appendFileSync(trail.file()!, 'no record\n{"half');
    expect(latestEntries(auditOf(dir), 9).map(({ record }) => record.kind)).toEqual(['start']);
    await trail.close();
    expect(latestEntries(newHome().path, 9)).toEqual([]);
  });
});
