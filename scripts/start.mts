// `npm start`: the built server on the sample account. `npm start -- --demo` also plays three conversations with it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { playDemo } from './demo.mts';

const BUNDLE = '../dist/workos-mcp.js';
const ORPHAN_CHECK_MS = 500;

const args = process.argv.slice(2);
if (args.includes('--demo')) process.exitCode = await demo(args.filter((arg) => arg !== '--demo'));
else serve(args);

/** Runs the bundle in this process: one process gets the signals, one process ends. */
function serve(flags: readonly string[]): void {
  // npm and its shell die of a signal without passing it on; a server without them would stay behind.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, ORPHAN_CHECK_MS).unref();
  process.argv = [process.execPath, 'workos-mcp', 'serve', '--sandbox', ...flags];
  createRequire(import.meta.url)(BUNDLE);
}

/** Starts the server as its own process (this script again, so it ends with us), talks to it and stops it. */
async function demo(flags: readonly string[]): Promise<number> {
  const server = spawn(process.execPath, [import.meta.filename, '--json', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
