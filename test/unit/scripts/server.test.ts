import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VsCodeInstall } from '../../../scripts/vscode/install.mts';
import { createRoot, startServer } from '../../../scripts/vscode/server.mts';

const WAIT = { timeout: 15_000 };
const SERVER = join(import.meta.dirname, '../../../scripts/vscode/server.mts');
let root = '';
beforeEach(() => {
  root = createRoot();
});
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

/** A program in the place of code-server, with its words when it listens; `/end` ends it. */
function standIn(code = ''): VsCodeInstall {
  const entry = join(root, 'entry.cjs');
  const server = `const { createServer } = require('node:http');
    const stay = ['-e', 'setInterval(() => {}, 1000)'];
    const { pid: child } = require('node:child_process').spawn(process.execPath, stay, { stdio: 'ignore' });
    const [host, port] = process.argv[process.argv.indexOf('--bind-addr') + 1].split(':');
    const server = createServer(({ url }, answer) => {
      answer.end(JSON.stringify({ pids: [process.pid, child], args: process.argv.slice(2) }));
      if (url === '/end') process.exit(0);
    });
    server.listen(Number(port), host, () => {
      console.log('[now] info  HTTP server listening on http://127.0.0.1:' + server.address().port + '/');
    });`;
  writeFileSync(entry, code === '' ? server : code);
  const chromium = { path: '', env: {} };
  return { dir: root, node: process.execPath, entry, chromium, require };
}

const told = async (origin: string) =>
  (await (await fetch(origin)).json()) as { pids: readonly number[]; args: readonly string[] };

it('lets the server choose its port, and tells when it is gone', async () => {
  const server = await startServer(standIn(), root);
  const { pids, args } = await told(server.origin);
  expect(args.slice(0, 2)).toEqual(['--config', join(root, 'config.yaml')]);
  expect(args).toContain('127.0.0.1:0');
  expect(server.origin).toBe(`http://127.0.0.1:${server.port}`);
  await fetch(`${server.origin}/end`).catch(() => undefined);
  await server.ended;
  // An extension host does not outlive it.
  await expect.poll(() => pids.filter(isRunning), WAIT).toEqual([]);
});

it('ends the server with everything it started', async () => {
  const server = await startServer(standIn(), root);
  const { pids } = await told(server.origin);
  expect(pids.filter(isRunning)).toEqual(pids);
  await server.stop();
  await expect.poll(() => pids.filter(isRunning), WAIT).toEqual([]);
});

it('says what a server said that does not start', async () => {
  const start = startServer(standIn("console.error('no such library'); process.exit(3)"), root);
  await expect(start).rejects.toThrow('The VS Code server did not start:\nno such library');
});

it('leaves no server behind when the process that started it is killed', async () => {
  const script = join(root, 'starter.mts');
  writeFileSync(
    script,
    `import { startServer } from ${JSON.stringify(SERVER)};
     const { origin } = await startServer(${JSON.stringify({ ...standIn(), require: undefined })}, ${JSON.stringify(root)});
     process.stdout.write(origin);`,
  );
  const starter = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(starter, 'exit');
  const [origin] = (await once(starter.stdout.setEncoding('utf8'), 'data')) as [string];
  const { pids } = await told(origin);
  starter.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  await expect.poll(() => pids.filter(isRunning), WAIT).toEqual([]);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
