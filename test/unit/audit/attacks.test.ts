import { appendFileSync, copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StateDir } from '../../../src/access/state-dir.ts';
import {
  auditOf,
  filesOf,
  forge,
  handClock,
  INTACT,
  linesOf,
  newHome,
  recordCallsOn,
  tampered,
  trailIn,
  verdictOn,
} from './support.ts';

const HOUR = 3_600_000;
let home: StateDir;
let lines: string[];
/** A chain of the same process owner: its records are genuine, too. */
let other: string[];

beforeAll(async () => {
  home = newHome();
  const now = handClock();
  const trail = await trailIn(home, { now });
  await recordCallsOn(trail, 2);
  await trail.event('token.issued', { name: 'CI – über alles' });
  now.pass(25 * HOUR);
  await recordCallsOn(trail, 2);
  await trail.close();
  lines = linesOf(home);
  const elsewhere = await trailIn(home, { now: handClock('2026-03-05T10:00:00.000Z') });
  await recordCallsOn(elsewhere, 2);
  await elsewhere.close();
  other = linesOf(home).slice(lines.length);
  rmSync(filesOf(home)[1]!);
  rmSync(join(auditOf(home), 'checkpoints', `${JSON.parse(other[0]!).chain_id}.json`));
});

const swapped = (all: string[], a: number, b: number) =>
  all.map((line, index) => (index === a ? all[b]! : index === b ? all[a]! : line));
const without = (from: number, count = 1) => lines.toSpliced(from, count);
const rotation = () => lines.findIndex((line) => line.includes('"kind":"key-rotation"'));

it('an untouched chain with a key rotation is intact', () => {
  expect(rotation()).toBeGreaterThan(0);
  expect(verdictOn(forge(home, lines))).toEqual(INTACT);
  expect(verdictOn(forge(home, lines), { fast: true })).toEqual(INTACT);
});

it('a flip of any byte is seen', () => {
  const bytes = Buffer.from(`${lines.slice(0, 3).join('\n')}\n`);
  const audit = forge(home, bytes);
  const file = join(audit, '20260301T100000000Z-1-00000000-0001.jsonl');
  expect(verdictOn(audit)).toEqual(INTACT);
  let seq = 0;
  for (const [index, byte] of bytes.entries()) {
    const changed = Buffer.from(bytes);
    // The other case of a letter is the least a reader would notice.
    changed[index] = byte ^ (/[a-z]/iu.test(String.fromCharCode(byte)) ? 0x20 : 0x01);
    writeFileSync(file, changed);
    const { status, problems } = verdictOn(audit);
    expect({ index, status, seq: problems[0]?.split(' ')[1] }).toEqual({ index, status: 1, seq: `${seq}` });
    expect(problems[0]).toMatch(/^(?:altered|forged) \d$/u);
    if (byte === 0x0a) seq += 1;
  }
  expect(seq).toBe(3);
}, 180_000);

describe('takes for what it is', () => {
  it.each([
    ['a deleted first record', () => without(0), 'deleted 0'],
    ['a deleted record', () => without(3), 'deleted 3'],
    ['several deleted records', () => without(2, 3), 'deleted 2'],
    ['a deleted key rotation', () => without(rotation()), `deleted`],
    ['two swapped records', () => swapped(lines, 2, 3), 'reordered 2'],
    ['two swapped records far apart', () => swapped(lines, 1, 6), 'reordered 1'],
    ['a record that is there twice', () => lines.toSpliced(3, 0, lines[2]!), 'duplicated 2'],
    ['a copy of a later record', () => lines.toSpliced(1, 0, lines[4]!), 'duplicated 4'],
    ['a copy of the whole at its end', () => [...lines, ...lines], 'duplicated 0'],
    ['an inserted record of another chain', () => lines.toSpliced(3, 0, other[2]!), 'inserted 3'],
    ['the end of another chain', () => [...lines.slice(0, 3), ...other.slice(3)], 'inserted 3'],
    ['an inserted line of something else', () => lines.toSpliced(3, 0, '{"kind":"intent"}'), 'inserted 3'],
    ['an inserted empty line', () => lines.toSpliced(3, 0, ''), 'inserted 3'],
    ['an appended line', () => [...lines, 'x'], `altered`],
  ])('%s', (_name, change, expected) => {
    const { status, problems } = verdictOn(forge(home, change()));
    expect(status).toBe(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
    expect(verdictOn(forge(home, change()), { fast: true }).status).toBe(1);
  });

  it('spaces and another order of members as alterations', () => {
    const spaced = lines.with(2, lines[2]!.replace('{"body":', '{ "body":'));
    expect(verdictOn(forge(home, spaced))).toEqual(tampered('altered 2'));
    const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(lines[2]!)).toReversed()));
    expect(verdictOn(forge(home, lines.with(2, turned)))).toEqual(tampered('altered 2'));
    const twice = lines.with(2, lines[2]!.replace('"v":1', '"v":2,"v":1'));
    expect(verdictOn(forge(home, twice))).toEqual(tampered('altered 2'));
  });
});

describe('an end that is missing', () => {
  it('is seen by the checkpoint beside the files, and by one kept elsewhere', () => {
    const cut = lines.slice(0, -2);
    expect(verdictOn(forge(home, cut, true))).toEqual(tampered(`truncated ${cut.length}`));
    const [chain] = [JSON.parse(lines[0]!).chain_id];
    const kept = join(newHome().path, 'kept.checkpoint');
    copyFileSync(join(auditOf(home), 'checkpoints', `${chain}.json`), kept);
    expect(verdictOn(forge(home, cut), { checkpoint: kept })).toEqual(tampered(`truncated ${cut.length}`));
    expect(verdictOn(forge(home, lines), { checkpoint: kept })).toEqual(INTACT);
    expect(verdictOn(forge(home, []), { checkpoint: kept })).toEqual(tampered('truncated 0'));
  });

  it('can not be seen without one', () => {
    expect(verdictOn(forge(home, lines.slice(0, -2)))).toEqual(INTACT);
  });

  it('is what a crash leaves when it is a part of a line', () => {
    const audit = forge(home, lines);
    const [file] = [join(audit, '20260301T100000000Z-1-00000000-0001.jsonl')];
    truncateSync(file, readFileSync(file).length - 100);
    expect(verdictOn(audit)).toEqual(INTACT);
    appendFileSync(file, '\0\0\0');
    expect(verdictOn(audit)).toEqual(INTACT);
  });

  it('is an alteration when something was written over its line end', () => {
    for (const end of ['}', ' ', 'x}', '{}'])
      expect(verdictOn(forge(home, Buffer.from(lines.join('\n') + end)))).toEqual(
        tampered(`altered ${lines.length - 1}`),
      );
  });
});
