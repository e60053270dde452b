import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A test that was run. */
export interface TestResult {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
}

export interface TestRun {
  /** A copy of the project. */
  readonly folder: string;
  readonly files: readonly string[];
  /** How the full names of the tests begin. */
  readonly names: readonly string[];
  /** Ends at the first test that fails. */
  readonly bail: boolean;
  readonly signal: AbortSignal;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** A test that waits for what a missing defence would have done has failed after so long; with the defence none takes that long. */
const TEST_MS = 10_000;
const RUN_MS = 5 * 60_000;

/** Runs the tests of the files whose full names begin with one of the names. What can't be loaded yields no result. */
export async function testRun({ folder, files, names, bail, signal }: TestRun): Promise<TestResult[]> {
  const output = join(folder, 'test-results.json');
  await rm(output, { force: true });
  const pattern = `^(${[...new Set(names)].map((name) => escaped(name)).join('|')})`;
  const args = [...files, '-t', pattern, `--testTimeout=${TEST_MS}`];
  args.push('--reporter=json', `--outputFile=${output}`);
  if (bail) args.push('--bail=1', '--no-file-parallelism');
  await runVitest(folder, args, AbortSignal.any([signal, AbortSignal.timeout(RUN_MS)]));
  signal.throwIfAborted();
  const report = JSON.parse(await readFile(output, 'utf8').catch(() => '{"testResults":[]}')) as Report;
  return report.testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ ancestorTitles, title, status }) => ({
        file: relative(folder, file),
        name: [...ancestorTitles, title].join(' > '),
        passed: status === 'passed',
      })),
  );
}

/** Resolves when it has ended, however. It has a folder for its temporary files, and takes with it what it started. */
async function runVitest(folder: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const temporary = join(folder, '.tmp');
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary);
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary },
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  child.on('error', () => resolve());
  child.on('close', () => resolve());
  const end = () => endGroup(child.pid);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  await promise;
  signal.removeEventListener('abort', end);
  end();
}

/** Ends a process and all it has started, as long as one of them runs. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // None of them runs any more.
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
