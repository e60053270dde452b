// Runs a suite inside the extension host: VS Code's own test mode, in which modal dialogs throw or are confirmed.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import {
  createRoot,
  type ServerOptions,
  startServer,
  type VsCodeServer,
} from '../../../scripts/vscode/server.mts';
import { startBrowser } from './browser.mts';
import { bundleCode } from './bundle.mts';
import { buildDriver } from './driver.mts';
import type { Progress } from './in-host-entry.ts';
import { ENV } from './protocol.mts';
import type { SuiteContext } from './suite.mts';
import { createTest } from './tests.mts';

/** What runs in the host and in which VS Code. */
export interface InHostOptions extends ServerOptions {
  /** The file that exports `suite: InHostSuite`. */
  readonly entry: string;
  /** JSON for the suite. */
  readonly argument?: unknown;
  /** For all of it. Default 2 minutes. */
  readonly timeoutMs?: number;
}

const ENTRY = join(import.meta.dirname, 'in-host-entry.ts');
const TIMEOUT_MS = 120_000;
const LOOK_EVERY_MS = 200;

/** Starts a VS Code with the given .vsix files, runs the suite in it, and reports its tests as the caller's. */
export async function runInHost(context: SuiteContext, options: InHostOptions): Promise<void> {
  const { entry, argument = null, timeoutMs = TIMEOUT_MS } = options;
  const root = createRoot(options);
  const results = join(root, 'results.jsonl');
  const driver = await buildDriver(join(root, 'driver'));
  const code = `import { runSuite } from ${JSON.stringify(ENTRY)};
    import { suite } from ${JSON.stringify(entry)};
    export const run = () => runSuite(suite);`;
  const suite = await bundleCode(code, import.meta.dirname, join(root, 'suite/index.js'));
  const server = await startServer(context.install, root, {
    ...options,
    env: { ...options.env, [ENV.results]: results, [ENV.argument]: JSON.stringify(argument) },
    // Without this flag the server ignores where extension and tests are.
    args: ['--vscode-option', 'enable-smoke-test-driver', ...(options.args ?? [])],
  });
  let failed = true;
  try {
    const browser = await startBrowser(context.install, root);
    try {
      failed = await follow(context, server, browser.pages()[0]!, { driver, suite, results, timeoutMs });
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    if (failed) process.stdout.write(`       logs: ${root}\n`);
    else rmSync(root, { recursive: true, force: true });
  }
}

/** Opens the window and repeats what the suite reports; resolves to whether something failed. */
async function follow(
  { reporter, artifacts }: SuiteContext,
  server: VsCodeServer,
  page: Page,
  run: { driver: string; suite: string; results: string; timeoutMs: number },
): Promise<boolean> {
  let exit: string | undefined;
  // The two functions the workbench's test mode calls in the page.
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    exit = `the extension host ended with code ${code}`;
  });
  page.on('crash', () => {
    exit = 'the page crashed';
  });
  await page.goto(address(server, run));
  const deadline = Date.now() + run.timeoutMs;
  const seen = { lines: 0, failed: false, running: 'start of VS Code' };
  for (;;) {
    // Asked before reading: what was written before the exit is read in any case.
    const ended = Date.now() > deadline ? `no end within ${run.timeoutMs} ms` : exit;
    for (const line of await newLines(run.results, seen)) {
      if ('start' in line) reporter.start((seen.running = line.start));
      else if ('end' in line) await reporter.end(line.end);
      else if ('done' in line) return seen.failed;
      else return fail(seen.running, line.crashed);
      if ('end' in line && line.end.error !== undefined) seen.failed = true;
    }
    if (ended !== undefined) return fail(seen.running, ended);
    await sleep(LOOK_EVERY_MS);
  }

  /** A suite that broke off counts as one failed test. */
  async function fail(running: string, why: string): Promise<true> {
    await page.screenshot({ path: join(artifacts, 'in-host-broke-off.png') }).catch(() => undefined);
    await createTest(reporter)(`in-host suite runs to its end (was at: ${running})`, () => {
      throw new Error(why);
    });
    return true;
  }
}

async function newLines(file: string, seen: { lines: number }): Promise<Progress[]> {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const fresh = lines.slice(seen.lines);
  seen.lines = lines.length;
  return fresh.map((line) => JSON.parse(line) as Progress);
}

function address(server: VsCodeServer, { driver, suite }: { driver: string; suite: string }): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(driver)],
    ['extensionTestsPath', remote(suite)],
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ folder: server.workspace, payload: JSON.stringify(payload) });
  return `${server.origin}/?${query.toString()}`;
}
