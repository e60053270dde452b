// `npm start`: the built server on the sample account, and VS Code with the extension on the same account.
// `-- --browser` takes VS Code in the browser even where there is a desktop one, `-- --headless` none;
// `-- --demo` instead plays three conversations with the server.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { startSandbox as StartSandbox } from '../src/sandbox/server.ts';
import { parseCommandLine, UsageError } from '../src/cli/parse.ts';
import { playDemo } from './demo.mts';
import { findEditor, type Editor } from './start/editor.mts';
import { openBrowserWindow } from './start/browser-window.mts';
import { openDesktopWindow } from './start/desktop-window.mts';

const BUNDLE = '../dist/workos-mcp.js';
const SAMPLE_ACCOUNT = '../dist/sample-account.js';
const ORPHAN_CHECK_MS = 500;
const BROWSER: Editor = { kind: 'browser', reason: '--browser was given' };

type SampleAccount = { startSandbox: typeof StartSandbox };

const require = createRequire(import.meta.url);
const args = process.argv.slice(2);
const flags = args.filter((arg) => !['--demo', '--headless', '--browser', '--sandbox'].includes(arg));
if (args.includes('--demo')) process.exitCode = await demo(flags);
else if (args.includes('--headless') || !startsServer(flags)) serve(['--sandbox', ...flags]);
else if (args.includes('--browser')) await serveWithWindow(BROWSER);
else await serveWithWindow(findEditor(process.env));

/** false: the server itself says what is wrong with the flags, or prints what they ask for; no window then. */
function startsServer(words: readonly string[]): boolean {
  try {
    const command = parseCommandLine(['serve', ...words]);
    return 'flags' in command && !command.flags.json;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** One sample account, which the server in this process and the window both look at. */
async function serveWithWindow(editor: Editor): Promise<void> {
  if (editor.kind === 'none') {
    noWindow(editor.reason);
    serve(['--sandbox', ...flags]);
    return;
  }
  const { startSandbox } = require(SAMPLE_ACCOUNT) as SampleAccount;
  const { url, apiKey } = await startSandbox();
  process.env['WORKOS_API_BASE_URL'] = url;
  process.env['WORKOS_API_KEY'] = apiKey;
  serve(flags);
  const sample = { WORKOS_MCP_SAMPLE_URL: url, WORKOS_MCP_SAMPLE_KEY: apiKey };
  try {
    if (editor.kind === 'desktop') openDesktopWindow(editor.command, sample, print);
    else await openBrowserWindow(editor.reason, sample, print);
  } catch (error) {
    noWindow(error instanceof Error ? error.message : String(error));
  }
}

function noWindow(reason: string): void {
  const [first = ''] = reason.split('\n');
  print(`There is no VS Code window: ${first.replace(/\.?$/u, '.')} The server runs without it.`);
}

/** Runs the bundle in this process: one process gets the signals, one process ends. */
function serve(words: readonly string[]): void {
  const stop = () => process.kill(process.pid, 'SIGTERM');
  // npm and its shell die of a signal without passing it on; a server without them would stay behind.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, ORPHAN_CHECK_MS).unref();
  process.stdout.once('error', stop);
  process.once('SIGHUP', stop);
  process.argv = [process.execPath, 'workos-mcp', 'serve', ...words];
  require(BUNDLE);
}

/** Starts the server as its own process (this script again, so it ends with us), talks to it and stops it. */
async function demo(words: readonly string[]): Promise<number> {
  const server = spawn(
    process.execPath,
    [...process.execArgv, import.meta.filename, '--headless', '--json', ...words],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  // Also when this process dies of an error, as it does when nobody reads its output any more.
  process.once('exit', () => server.kill('SIGTERM'));
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  try {
    await playDemo(await firstLine(server.stdout.setEncoding('utf8'), ended));
    return 0;
  } catch (error) {
    process.stderr.write(
      `${log}The demo failed: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

/** Where the server is and its token: the first line of `serve --json`. */
function firstLine(
  stdout: NodeJS.ReadableStream,
  ended: Promise<void>,
): Promise<{ url: string; token: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)));
    });
    void ended.then(() => reject(new Error('the server did not start')));
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
