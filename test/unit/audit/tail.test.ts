import { appendFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { follow } from '../../../src/audit/tail.ts';
import { auditOf, filesOf, handClock, newHome, trailIn } from './support.ts';

describe('what is followed', () => {
  it('comes once, when it is whole', async () => {
    const own = newHome();
    const read = follow(auditOf(own));
    expect(read()).toEqual([]);
    const trail = await trailIn(own);
    expect(read().map(({ record }) => record.kind)).toEqual(['start']);
    await trail.event('kill.stopped');
    appendFileSync(trail.file()!, '{"body"');
    expect(read().map(({ record }) => record.kind)).toEqual(['event']);
    await trail.close();
    expect(read().map(({ record }) => record.kind)).toEqual(['continue', 'stop']);
    expect(read()).toEqual([]);
    expect(follow(auditOf(own))().at(-1)!.record.kind).toBe('stop');
  });

  it('is in the order of time, whatever the files are called', async () => {
    const own = newHome();
    const late = await trailIn(own, { now: handClock('2026-03-02T10:00:00.000Z') });
    await late.close();
    renameSync(filesOf(own)[0]!, join(auditOf(own), '20260101T000000000Z-1-00000000-0001.jsonl'));
    await (await trailIn(own, { now: handClock('2026-03-01T10:00:00.000Z') })).close();
    const days = follow(auditOf(own))().map(({ record }) => `${record.time.slice(8, 10)} ${record.kind}`);
    expect(days).toEqual(['01 start', '01 stop', '02 start', '02 stop']);
  });

  it('may be a single file', async () => {
    const own = newHome();
    const trail = await trailIn(own);
    const read = follow(trail.file()!);
    expect(read().map(({ record }) => record.kind)).toEqual(['start']);
    await trail.close();
    expect(read().map(({ record }) => record.kind)).toEqual(['stop']);
  });
});
