// `node test/host/run.mts [--vsix FILE] [SUITE…]`: runs suites of suites/ in a real VS Code; without names, all of them.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { ensureVsCode, type VsCodeInstall } from '../../scripts/vscode/install.mts';
import { packageExtension } from './harness/package.mts';
import type { Suite, SuiteContext } from './harness/suite.mts';
import { createTest, type Reporter, type TestResult } from './harness/tests.mts';

const ROOT = resolve(import.meta.dirname, '../..');
const SUITES = join(import.meta.dirname, 'suites');
const ENDING = '.suite.mts';
const ARTIFACTS = join(ROOT, '.vscode-test/artifacts');
const SUITE_MS = 180_000;
const count = { passed: 0, failed: 0 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { vsix: { type: 'string' } },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const known = readdirSync(SUITES)
  .filter((name) => name.endsWith(ENDING))
  .map((name) => name.slice(0, -ENDING.length));
const wanted = positionals.length > 0 ? positionals : known;
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  print(`There is no suite "${unknown.join('", "')}"; there are: ${known.join(', ')}.`);
  finish();
}

const install = await ensureVsCode().catch((error: unknown) => {
  print(error instanceof Error ? error.message : String(error));
  return finish();
});
const product = packaged(values.vsix);
for (const name of wanted) await runSuite(name, install);
finish();

async function runSuite(name: string, vscode: VsCodeInstall): Promise<void> {
  print(name);
  const { suite } = (await import(join(SUITES, name + ENDING))) as { suite: Suite };
  const artifacts = join(ARTIFACTS, name);
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(artifacts, { recursive: true });
  const leaves = new Set<(test: string) => Promise<void>>();
  let running = 'its start';
  const reporter: Reporter = {
    start: (test) => {
      running = test;
    },
    end: async (result) => {
      if (result.error !== undefined) for (const leave of leaves) await leave(result.name);
      report(result);
      running = `after "${result.name}"`;
    },
  };
  const test = createTest(reporter);
  const onFailure: SuiteContext['onFailure'] = (leave) => {
    leaves.add(leave);
    return { [Symbol.dispose]: () => void leaves.delete(leave) };
  };
  const limit = suite.timeoutMs ?? SUITE_MS;
  // Ending this process ends the servers and browsers it started.
  const timer = setTimeout(() => {
    report({ name: `${name} ends within ${limit / 1000} s`, ms: limit, error: `It hangs at: ${running}` });
    finish();
  }, limit);
  try {
    await suite.run({ test, reporter, install: vscode, artifacts, product, onFailure });
  } catch (error) {
    const text = error instanceof Error ? withCause(error) : String(error);
    report({ name: `${name} runs to its end (was at: ${running})`, ms: 0, error: text });
  } finally {
    clearTimeout(timer);
  }
}

function report({ name, ms, error }: TestResult): void {
  count[error === undefined ? 'passed' : 'failed'] += 1;
  print(`  ${error === undefined ? 'ok  ' : 'FAIL'} ${name} (${ms} ms)`);
  if (error !== undefined) print(stripVTControlCharacters(error).replaceAll(/^/gmu, '       '));
}

/** The .vsix under test: the given file, or one made when first asked for. */
function packaged(given: string | undefined): () => Promise<string> {
  let file: Promise<string> | undefined;
  return () => {
    if (given === undefined && file === undefined) print('  (npm run package)');
    file ??= given === undefined ? packageExtension() : Promise.resolve(resolve(given));
    return file;
  };
}

function withCause(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${withCause(error.cause)}` : own;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function finish(): never {
  print(`${Math.round(performance.now() / 1_000)} s in all`);
  print(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);
}
