// Takes each defence of the threat table out in turn and shows that its test fails without it.
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { THREATS } from '../contract/threats/index.ts';
import type { ThreatLine } from '../contract/threats/line.ts';
import { copyProject, type Copy } from './copy.mts';
import { testRun } from './test-run.mts';

const COPIES = Math.min(2, availableParallelism());
const only = process.argv[2];
const lines = THREATS.flatMap(({ name, lines: found }) =>
  found.map((line) => ({ title: `${name}: ${line.attack}`, line })),
).filter(({ title }) => only === undefined || title.includes(only));
if (lines.length === 0) throw new Error(`No line of the threat table says "${only}".`);

const interruption = new AbortController();
const { signal } = interruption;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => interruption.abort(new Error(`Ended by ${name}.`)));

const started = performance.now();
const copies: Copy[] = [];
try {
  for (let made = 0; made < COPIES; made += 1) copies.push(await copyProject());
  const failures = await checkUntouched(copies[0]!);
  const untouched = failures.length === 0;
  if (untouched) failures.push(...(await takeOutAll()));
  for (const failure of failures) console.error(failure);
  const seconds = Math.round((performance.now() - started) / 1000);
  const missed = untouched ? lines.length - failures.length : 0;
  console.log(`${missed} defences taken out and missed, ${failures.length} not, in ${seconds} s`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} catch (thrown) {
  if (!signal.aborted) throw thrown;
  console.error(String(signal.reason));
  process.exitCode = 1;
} finally {
  await Promise.all(copies.map(({ folder }) => rm(folder, { recursive: true, force: true })));
}

/** The tests have to pass with every defence in place: else a failure would tell nothing. */
async function checkUntouched(copy: Copy): Promise<string[]> {
  if (!(await copy.build())) throw new Error('The project can not be built.');
  const files = [...new Set(lines.map(({ line: { test } }) => test.file))];
  const names = lines.map(({ line: { test } }) => test.name);
  const found = await testRun({ folder: copy.folder, files, names, bail: false, signal });
  return lines.flatMap(({ title, line: { test } }) => {
    const own = found.filter((result) => result.file === test.file && result.name.startsWith(test.name));
    if (own.length > 0 && own.every(({ passed }) => passed)) return [];
    const why = own.length === 0 ? 'is not there' : 'fails by itself';
    return [`no proof  ${title} (${test.file}: "${test.name}" ${why})`];
  });
}

/** Works through the lines with all copies at once; returns what went wrong. */
async function takeOutAll(): Promise<string[]> {
  const queue = [...lines];
  const failures: string[] = [];
  const work = async (copy: Copy) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { title, line } = next;
      const before = performance.now();
      const missed = await isMissed(copy, line);
      const seconds = ((performance.now() - before) / 1000).toFixed(1).padStart(5);
      console.log(`${missed ? 'missed    ' : 'NOT MISSED'} ${seconds} s  ${title}`);
      if (!missed) failures.push(`not missed  ${title} (${line.without.file})`);
    }
  };
  const endAll = (thrown: unknown) => interruption.abort(thrown);
  await Promise.all(copies.map((copy) => work(copy).catch(endAll)));
  signal.throwIfAborted();
  return failures;
}

/** True when the test of the line fails without the defence. */
async function isMissed(copy: Copy, { without, test }: ThreatLine): Promise<boolean> {
  const restore = await copy.edit(without);
  try {
    // Only these drive what was built. A change that can't be built proves nothing.
    if (test.file.startsWith('test/contract/') && !(await copy.build())) return false;
    const found = await testRun({
      folder: copy.folder,
      files: [test.file],
      names: [test.name],
      bail: true,
      signal,
    });
    return found.some(({ name, passed }) => name.startsWith(test.name) && !passed);
  } finally {
    await restore();
  }
}
