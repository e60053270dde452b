// Takes each defence of the threat table out in turn and shows that its test fails without it.
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { THREATS } from '../contract/threats/index.ts';
import type { ThreatLine } from '../contract/threats/line.ts';
import { copyProject, type Copy } from './copy.mts';
import { testRun } from './test-run.mts';

const COPIES = Math.min(2, availableParallelism());
const only = process.argv[2];
const lines = THREATS.flatMap(({ name, lines: found }) => found.map((line) => ({ name, line }))).filter(
  ({ name, line }) => only === undefined || `${name}: ${line.attack}`.includes(only),
);
if (lines.length === 0) throw new Error(`No line of the threat table says "${only}".`);

const started = performance.now();
const copies = await Promise.all(Array.from({ length: COPIES }, () => copyProject()));
try {
  const untouched = await checkUntouched(copies[0]!);
  const failures = [...untouched, ...(untouched.length === 0 ? await takeOutAll() : [])];
  for (const failure of failures) console.error(failure);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${lines.length - failures.length} defences taken out and missed, ${failures.length} not, in ${seconds} s`,
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  await Promise.all(copies.map(({ folder }) => rm(folder, { recursive: true, force: true })));
}

/** The tests have to pass with every defence in place: else a failure would tell nothing. */
async function checkUntouched(copy: Copy): Promise<string[]> {
  await copy.build();
  const tests = new Map(
    lines.map(({ line: { test } }) => [
      test.file,
      lines.filter((other) => other.line.test.file === test.file),
    ]),
  );
  const found = await testRun(
    copy.folder,
    [...tests.keys()],
    lines.map(({ line }) => line.test.name),
  );
  return lines.flatMap(({ name, line: { attack, test } }) => {
    const own = found.filter((result) => result.file === test.file && result.name.startsWith(test.name));
    if (own.length > 0 && own.every(({ passed }) => passed)) return [];
    return [
      `no proof  ${name}: ${attack} (${test.file}: "${test.name}" ${own.length === 0 ? 'is not there' : 'fails by itself'})`,
    ];
  });
}

/** Works through the lines with all copies at once; returns what went wrong. */
async function takeOutAll(): Promise<string[]> {
  const queue = [...lines];
  const failures: string[] = [];
  await Promise.all(
    copies.map(async (copy) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { name, line } = next;
        const missed = await isMissed(copy, line);
        console.log(`${missed ? 'missed    ' : 'NOT MISSED'}  ${name}: ${line.attack}`);
        if (!missed) failures.push(`not missed  ${name}: ${line.attack} (${line.without.file})`);
      }
    }),
  );
  return failures;
}

/** True when the test of the line fails without the defence. */
async function isMissed(copy: Copy, { without, test }: ThreatLine): Promise<boolean> {
  const restore = await copy.edit(without);
  try {
    if (test.file.startsWith('test/contract/')) await copy.build();
    const found = await testRun(copy.folder, [test.file], [test.name]);
    return found.some(({ name, passed }) => name.startsWith(test.name) && !passed);
  } finally {
    await restore();
  }
}
