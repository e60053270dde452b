import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A test that was run. */
export interface TestResult {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
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

const MINUTES = 5;

/** Runs the tests of the files whose full names begin with one of the names. What can't be loaded yields no result. */
export async function testRun(
  folder: string,
  files: readonly string[],
  names: readonly string[],
): Promise<TestResult[]> {
  const output = join(folder, 'test-results.json');
  await rm(output, { force: true });
  const pattern = `^(${[...new Set(names)].map((name) => escaped(name)).join('|')})`;
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...files,
    '-t',
    pattern,
    '--reporter=json',
    `--outputFile=${output}`,
  ];
  await new Promise<void>((resolve) => {
    execFile(process.execPath, args, { cwd: folder, timeout: MINUTES * 60_000 }, () => resolve());
  });
  const report = JSON.parse(await readFile(output, 'utf8')) as Report;
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

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
