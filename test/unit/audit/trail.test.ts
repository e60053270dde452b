import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
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
    expect(files.map((file) => basename(file).slice(-10))).toEqual(
      files.map((_, index) => `000${index + 1}.jsonl`),
    );
    const firsts = files.map((file) => JSON.parse(readFileSync(file, 'utf8').split('\n')[0]!));
    expect(firsts[0].kind).toBe('start');
    for (const [index, first] of firsts.slice(1).entries()) {
      const previous = { file: basename(files[index]!), seq: first.seq - 1, hash: first.prev_hash };
      expect(first).toMatchObject({ kind: 'continue', body: { previous } });
    }
    expect(
      files.map((file) => verdictOn(file)),
      'each file verifies alone',
    ).toEqual(files.map(() => INTACT));
    expect(verdictOn(auditOf(dir))).toEqual(INTACT);
    rmSync(files[1]!);
    expect(verdictOn(auditOf(dir)).problems[0]).toMatch(/^deleted \d+$/u);
  });

  it.each([
    ['adds a line to', (file: string) => appendFileSync(file, '{"forged":1}\n'), 'inserted 2'],
    [
      'cuts a line from',
      (file: string) => truncateSync(file, readFileSync(file).lastIndexOf(10, -2) + 1),
      'deleted 1',
    ],
  ])('that somebody %s while it is written is followed by another, and tells', async (_how, spoil, told) => {
    const dir = newHome();
    const trail = await trailIn(dir);
    await trail.event('kill.stopped', { by: 'test' });
    spoil(trail.file()!);
    await trail.event('kill.resumed', { by: 'test' });
    await trail.close();
    expect(filesOf(dir)).toHaveLength(2);
    expect(linesOf(dir)).toContainEqual(expect.stringContaining('kill.resumed'));
    expect(verdictOn(auditOf(dir))).toEqual(tampered(told));
  });

  it('that is removed while it is written is followed by another, and missed', async () => {
    const dir = newHome();
    const trail = await trailIn(dir);
    await recordCallsOn(trail, 2);
    await vi.waitUntil(() => linesOf(dir).length === 5);
    rmSync(auditOf(dir), { recursive: true });
    await recordCallsOn(trail, 1);
    await trail.close();
    expect(kindsOf(dir)).toEqual(['continue', 'intent', 'outcome', 'stop']);
    expect(trail.warnings).toEqual([]);
    expect(verdictOn(auditOf(dir))).toEqual(tampered('deleted 0'));
  });
});
