// `npm run test:desktop`: the in-host suites in a desktop VS Code; $VSCODE_PATH, or one that it downloads.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { startHostAccount } from './harness/account.mts';
import { bundleCode } from './harness/bundle.mts';
import { buildDriver } from './harness/driver.mts';
import type { Progress } from './harness/in-host-entry.ts';
import { packageExtension } from './harness/package.mts';
import { ENV } from './harness/protocol.mts';

const ROOT = resolve(import.meta.dirname, '../..');
const HARNESS = join(import.meta.dirname, 'harness');
const SUITES = join(import.meta.dirname, 'suites');
const count = { passed: 0, failed: 0 };

const executable = process.env['VSCODE_PATH'] ?? (await download());
const vsix = await packageExtension();
await using account = await startHostAccount();
await runSuite('no-key', {});
await runSuite('in-host', account.env);
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;

async function download(): Promise<string> {
  return downloadAndUnzipVSCode({
    version: 'stable',
    cachePath: join(ROOT, '.vscode-test/desktop'),
  }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    process.stderr.write(
      `VS Code could not be downloaded (${why}): set VSCODE_PATH to the executable of one.\n`,
    );
    return process.exit(1);
  });
}

/** Runs `suites/<name>.host.ts` in a VS Code with folders of its own. */
async function runSuite(name: string, env: Readonly<Record<string, string>>): Promise<void> {
  process.stdout.write(`${name}\n`);
  const root = mkdtempSync(join(tmpdir(), 'vsd-'));
  const results = join(root, 'results.jsonl');
  try {
    const folders = ['--user-data-dir', join(root, 'user'), '--extensions-dir', join(root, 'ext')];
    mkdirSync(join(root, 'ws'));
    const [cli = executable, ...flags] = resolveCliArgsFromVSCodeExecutablePath(executable, {
      reuseMachineInstall: true,
    });
    await promisify(execFile)(cli, [...flags, ...folders, '--install-extension', vsix]);
    const code = `import { runSuite } from ${JSON.stringify(join(HARNESS, 'in-host-entry.ts'))};
      import { suite } from ${JSON.stringify(join(SUITES, `${name}.host.ts`))};
      export const run = () => runSuite(suite);`;
    await runTests({
      vscodeExecutablePath: executable,
      reuseMachineInstall: true,
      extensionDevelopmentPath: await buildDriver(join(root, 'driver')),
      extensionTestsPath: await bundleCode(code, HARNESS, join(root, 'suite/index.js')),
      extensionTestsEnv: {
        ...env,
        WORKOS_MCP_HOME: join(root, 'state'),
        [ENV.results]: results,
        [ENV.argument]: 'null',
      },
      launchArgs: [join(root, 'ws'), ...folders, '--disable-workspace-trust', '--skip-welcome'],
    });
  } finally {
    report(name, results);
    rmSync(root, { recursive: true, force: true });
  }
}

function report(name: string, results: string): void {
  const text = existsSync(results) ? readFileSync(results, 'utf8') : '';
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Progress);
  for (const line of lines) {
    if (!('end' in line)) continue;
    const { name: test, ms, error } = line.end;
    count[error === undefined ? 'passed' : 'failed'] += 1;
    process.stdout.write(`  ${error === undefined ? 'ok  ' : 'FAIL'} ${test} (${ms} ms)\n${error ?? ''}`);
  }
  if (lines.some((line) => 'done' in line)) return;
  count.failed += 1;
  process.stdout.write(`  FAIL ${name} did not run to its end\n`);
}
