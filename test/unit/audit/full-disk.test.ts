import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fullDisks } from '../../support/full-disk.ts';
import { auditOf, INTACT, newHome, recordCallsOn, recordsOf, trailIn, verdictOn } from './support.ts';

const CHILD = join(import.meta.dirname, 'full-disk.child.mts');

describe('a disk that is full', () => {
  it.each(fullDisks(16, 128))(
    'leaves whole records, with $title, is warned of once, and is noted once there is room',
    (disk) => {
      const dir = newHome();
      const { file, args } = disk.command(dir.path, [process.execPath, '--no-warnings', CHILD, dir.path]);
      const { stdout, stderr, status } = spawnSync(file, args, { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const { recorded, refused, whole, after, warnings } = JSON.parse(stdout);
      expect(recorded).toBeGreaterThan(2);
      expect(recorded).toBeLessThan(200);
      expect({ refused, whole, after }).toEqual({ refused: [false, false], whole: true, after: true });
      expect(warnings).toEqual([
        `The audit trail can't be written (${disk.code}): reading goes on unrecorded, changes are refused.`,
        expect.stringMatching(/^The audit trail is written again; \d+ records are missing\.$/u),
      ]);
      const gap = recordsOf(dir).find(({ kind }) => kind === 'event')!;
      expect(gap.body).toMatchObject({ name: 'audit.gap', details: { reason: disk.code } });
      expect((gap.body['details'] as { lost: number }).lost).toBeGreaterThanOrEqual(3);
      expect(recordsOf(dir).at(-1)!.kind).toBe('stop');
      expect(verdictOn(auditOf(dir))).toEqual(INTACT);
    },
  );
});

describe('a directory that can not be used', () => {
  it('is tried again', async () => {
    const dir = newHome();
    mkdirSync(dir.path, { recursive: true, mode: 0o700 });
    writeFileSync(auditOf(dir), 'a file in its place');
    const trail = await trailIn(dir, { limits: { retryMs: 0 } });
    expect(trail.warnings).toEqual([expect.stringContaining("can't be written")]);
    expect(trail.file()).toBeUndefined();
    await expect(trail.before(() => ({ kind: 'intent', body: {} }), false)).rejects.toThrow(/not open/u);
    await trail.event('kill.stopped');
    rmSync(auditOf(dir));
    await recordCallsOn(trail, 1);
    await trail.close();
    expect(recordsOf(dir).map(({ kind }) => kind)).toEqual(['start', 'event', 'intent', 'outcome', 'stop']);
    expect(recordsOf(dir)[1]!.body).toMatchObject({ name: 'audit.gap', details: { lost: 2 } });
    expect(trail.warnings).toHaveLength(2);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  });
});
