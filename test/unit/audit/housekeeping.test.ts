import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  auditOf,
  filesOf,
  handClock,
  INTACT,
  linesOf,
  newHome,
  recordCallsOn,
  recordsOf,
  tampered,
  trailIn,
  verdictOn,
} from './support.ts';

const DAY = 86_400_000;

describe('a crash', () => {
  it('leaves a torn line that the next process cuts off and notes', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    await recordCallsOn(trail, 2);
    await trail.close();
    const [mine] = filesOf(dir);
    // As a process that is gone would have left it.
    const file = join(auditOf(dir), basename(mine!).replace(`-${process.pid}-`, '-4194303-'));
    const whole = readFileSync(mine!);
    writeFileSync(file, whole);
    rmSync(mine!);
    appendFileSync(file, '{"body":{"bytes":1');
    utimesSync(file, new Date(0), new Date(0));
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
    const next = await trailIn(dir);
    await next.close();
    expect(readFileSync(file).equals(whole)).toBe(true);
    const repaired = recordsOf(dir).find(({ kind }) => kind === 'event');
    expect(repaired!.body).toMatchObject({
      name: 'audit.repaired',
      details: { file: basename(file), bytes: 18 },
    });
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  });

  it('does not touch the file of a process that runs', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    const file = trail.file()!;
    appendFileSync(file, '{"body"');
    utimesSync(file, new Date(0), new Date(0));
    await (await trailIn(dir)).close();
    expect(readFileSync(file, 'utf8').endsWith('{"body"')).toBe(true);
    await recordCallsOn(trail, 1);
    await trail.close();
    expect(verdictOn(auditOf(dir)), 'its own writer cuts it off').toEqual(INTACT);
  });
});

describe('what is too old', () => {
  it('is removed, and the rest verifies by the checkpoint that is left', async () => {
    const dir = newHome();
    const now = handClock();
    const limits = { fileBytes: 3_000 };
    const old = await trailIn(dir, { now });
    await old.close();
    const long = await trailIn(dir, { now, limits });
    await recordCallsOn(long, 4);
    now.pass(300 * DAY);
    await recordCallsOn(long, 4);
    await long.close();
    const before = filesOf(dir);
    now.pass(150 * DAY);
    const pruner = await trailIn(dir, { now, limits });
    await recordCallsOn(pruner, 1);
    await pruner.close();
    const gone = before.filter((file) => !existsSync(file));
    expect(gone.length).toBeGreaterThanOrEqual(2);
    expect(gone).toContain(before[0]);
    expect(gone.length).toBeLessThan(before.length);
    const pruned = recordsOf(dir).find(({ kind }) => kind === 'prune')!;
    expect(pruned.body).toMatchObject({ files: gone.map((file) => basename(file)) });
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);

    // The chain that pruned may be gone one day: the checkpoint is enough. Without both, the beginning is missing.
    for (const file of filesOf(dir).filter((each) => !before.includes(each))) rmSync(file);
    rmSync(join(auditOf(dir), 'checkpoints', `${String(pruned['chain_id'])}.json`));
    const checkpoint = readdirSync(join(auditOf(dir), 'checkpoints')).find((name) =>
      name.startsWith('prune-'),
    );
    const report = verdictOn(auditOf(dir));
    expect(report.problems, 'only the chain that pruned is missed').toEqual(['truncated 0']);
    rmSync(join(auditOf(dir), 'checkpoints', checkpoint!));
    expect(verdictOn(auditOf(dir))).toEqual(tampered('deleted 0'));
    expect(linesOf(dir).length).toBeGreaterThan(0);
  });

  it('stays while it is young enough', async () => {
    const dir = newHome();
    const now = handClock();
    await (await trailIn(dir, { now })).close();
    now.pass(399 * DAY);
    await (await trailIn(dir, { now })).close();
    expect(filesOf(dir)).toHaveLength(2);
    expect(recordsOf(dir).map(({ kind }) => kind)).not.toContain('prune');
  });
});

it('a file that can not be looked after keeps nobody from recording', async () => {
  const dir = newHome();
  await (await trailIn(dir)).close();
  const broken = join(auditOf(dir), '20200101T000000000Z-4194303-00000000-0001.jsonl');
  mkdirSync(broken);
  const trail = await trailIn(dir);
  expect(trail.warnings).toEqual([expect.stringContaining('could not be looked after (EISDIR)')]);
  await recordCallsOn(trail, 1);
  await trail.close();
  rmdirSync(broken);
  expect(verdictOn(auditOf(dir))).toEqual(INTACT);
});
