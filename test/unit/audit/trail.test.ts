import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createChainFile } from '../../../src/audit/chain-file.ts';
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

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const kindsOf = (dir: Parameters<typeof recordsOf>[0]) => recordsOf(dir).map(({ kind }) => kind);

describe('a trail', () => {
  it('writes what is wanted before it resolves, and what happened in its order', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    const seq = await trail.before(() => ({ kind: 'intent', body: { call: 1 } }), false);
    expect(JSON.parse(readFileSync(trail.file()!, 'utf8').trimEnd().split('\n').at(-1)!)).toMatchObject({
      kind: 'intent',
      seq,
    });
    trail.after(() => ({ kind: 'outcome', body: { intent: seq } }));
    await trail.before(() => ({ kind: 'intent', body: { call: 2 } }), true);
    await trail.event('kill.stopped', { by: 'test' });
    await trail.exported({ format: 'csv', records: 3 });
    await trail.close();
    expect(kindsOf(dir)).toEqual(['start', 'intent', 'outcome', 'intent', 'event', 'export', 'stop']);
    expect(recordsOf(dir)[0]!.body).toMatchObject({ server: '0.1.0', command: 'test' });
    expect(trail.warnings).toEqual([]);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  });

  it('keeps everything from other users', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    await trail.close();
    for (const path of ['audit', 'keys', 'audit/checkpoints'])
      expect(statSync(join(dir.path, path)).mode & 0o777).toBe(0o700);
    for (const path of ['audit-key.json', ...filesOf(dir).map((file) => `audit/${basename(file)}`)])
      expect(statSync(join(dir.path, path)).mode & 0o777).toBe(0o600);
  });

  it('gives each writer a chain and a file of its own, and never writes to one that is there', async () => {
    const dir = newHome();
    const trails = await Promise.all([trailIn(dir), trailIn(dir), trailIn(dir)]);
    await Promise.all(trails.map((trail) => recordCallsOn(trail, 20)));
    await Promise.all(trails.map((trail) => trail.close()));
    expect(new Set(recordsOf(dir).map(({ chain_id }) => chain_id)).size).toBe(3);
    expect(readdirSync(join(dir.path, 'keys'))).toHaveLength(1);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
    const [file] = filesOf(dir);
    expect(() => createChainFile(file!, auditOf(dir))).toThrow(/EEXIST/u);
  });

  it('writes no more once it is closed', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    await trail.close();
    const size = statSync(filesOf(dir)[0]!).size;
    await expect(trail.before(() => ({ kind: 'intent', body: {} }), false)).rejects.toThrow(/closed/u);
    expect(statSync(filesOf(dir)[0]!).size).toBe(size);
  });
});

describe('a session key', () => {
  it('is replaced before it ends, and when the clock went back', async () => {
    const dir = newHome();
    const now = handClock();
    const trail = await trailIn(dir, { now });
    await recordCallsOn(trail, 1);
    now.pass(DAY);
    await recordCallsOn(trail, 1);
    now.pass(-2 * HOUR);
    await recordCallsOn(trail, 1);
    await trail.close();
    expect(kindsOf(dir).filter((kind) => kind === 'key-rotation')).toHaveLength(2);
    expect(new Set(recordsOf(dir).map(({ kid }) => kid)).size).toBe(3);
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
  });
});

describe('a file', () => {
  it('is followed by another when it is full or old, in the same chain', async () => {
    const dir = newHome();
    const now = handClock();
    const trail = await trailIn(dir, { now, limits: { fileBytes: 4_000, fileMs: 3 * HOUR } });
    await recordCallsOn(trail, 8);
    now.pass(3 * HOUR);
    await recordCallsOn(trail, 1);
    await trail.close();
    const files = filesOf(dir);
    expect(files.length).toBeGreaterThan(3);
    expect(files.map((file) => basename(file).slice(-9))).toEqual(
      files.map((_, index) => `000${index + 1}.jsonl`),
    );
    for (const [index, file] of files.entries()) {
      const [first] = readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line && JSON.parse(line));
      if (index === 0) expect(first.kind).toBe('start');
      else
        expect(first).toMatchObject({
          kind: 'continue',
          body: { previous: { file: basename(files[index - 1]!), hash: first.prev_hash } },
        });
      expect(verdictOn(file), 'each file verifies alone').toEqual(INTACT);
    }
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
    rmSync(files[1]!);
    expect(verdictOn(auditOf(dir)).problems[0]).toMatch(/^deleted \d+$/u);
  });
});

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
    const [checkpoint] = readdirSync(join(auditOf(dir), 'checkpoints')).filter((name) =>
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
    expect(kindsOf(dir)).not.toContain('prune');
  });
});
