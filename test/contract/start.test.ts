import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { requireBundle } from '../support/bundle.ts';

const SCRIPT = resolve(import.meta.dirname, '../../scripts/start.mts');
/** As `npm start` calls it. */
const COMMAND = ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', SCRIPT];
const QUESTIONS = [
  'List all organizations in my WorkOS account',
  "Check the status of SSO connections for 'Acme Corp'",
  'List all users synced from the directory',
];

beforeAll(() => void requireBundle());
const pids = new Set<number>();
afterEach(() => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already, as it should be.
    }
  }
  pids.clear();
});

/** What `npm start` runs once the bundle is built. */
function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child: ChildProcess = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  if (child.pid !== undefined) pids.add(child.pid);
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return { child, output, ended: once(child, 'close') };
}

const listening = async (output: { stdout: string }) => {
  await expect.poll(() => output.stdout, { timeout: 15_000 }).toMatch(/time +tool/);
  return /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(output.stdout)?.[0] ?? '';
};
const answers = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 'gone',
  );

describe('npm start -- --headless', () => {
  it('serves the sample account until it is told to end', async () => {
    const { child, output, ended } = start(process.execPath, [...COMMAND, '--headless']);
    const url = await listening(output);
    expect(output.stdout).toContain('Sample account (sandbox), writes allowed');
    expect(await answers(url)).toBe(401);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await answers(url)).toBe('gone');
    expect(output.stderr).toBe('');
  });

  it('passes arguments on', async () => {
    const { output, ended } = start(process.execPath, [...COMMAND, '--prot', '1']);
    expect((await ended)[0]).toBe(2);
    expect(output.stderr).toMatch(/Unknown option '--prot'/);
  });

  it('does not outlive the shell it was started from', async () => {
    const { child, output } = start('/bin/sh', [
      '-c',
      '"$0" "$@" & echo "pid $!"; wait',
      process.execPath,
      ...COMMAND,
      '--headless',
    ]);
    const url = await listening(output);
    pids.add(Number(/pid (\d+)/.exec(output.stdout)?.[1]));
    expect(await answers(url)).toBe(401);
    child.kill('SIGKILL');
    await expect.poll(() => answers(url), { timeout: 15_000 }).toBe('gone');
  });
});

it.each([
  ['nobody reads it any more', (demo: ChildProcess) => demo.stdout?.destroy()],
  ['it is interrupted', (demo: ChildProcess) => demo.kill('SIGINT')],
  ['it is killed', (demo: ChildProcess) => demo.kill('SIGKILL')],
])('the demo leaves no server behind when %s', async (_what, end) => {
  const { child, output, ended } = start(process.execPath, [...COMMAND, '--demo']);
  await expect.poll(() => output.stdout, { timeout: 15_000, interval: 1 }).toContain('/mcp');
  end(child);
  await ended;
  const url = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(output.stdout)?.[0] ?? '';
  expect(url).not.toBe('');
  await expect.poll(() => answers(url), { timeout: 15_000 }).toBe('gone');
});

it('npm start -- --demo plays the three conversations and ends', async () => {
  const { output, ended } = start(process.execPath, [...COMMAND, '--demo']);
  const [code, signal] = (await ended) as [number, string | null];
  expect({ code, signal, ...output }).toMatchObject({ code: 0, signal: null, stderr: '' });
  const [head = '', ...parts] = output.stdout.split(/^-{20,}$/m);
  expect(parts.map((part) => /You +(.*)/.exec(part)?.[1])).toEqual([...QUESTIONS, undefined]);
  const [organizations = '', connections = '', users = ''] = parts;
  expect(organizations).toMatch(/I found 5 organizations:\n +1\. Acme Corp \(org_\w+\): acme\.com/);
  expect(connections).toMatch(/Acme Corp has 2 active SSO connections:/);
  expect(connections).toMatch(/Okta SAML \(OktaSAML, active, conn_\w+\)/);
  expect(connections).toContain('Both are healthy');
  expect(users).toMatch(
    /Call +list_directories .*\n.*\nCall +list_directory_users \{"directory_id":"directory_/,
  );
  expect(users).toContain('I found 120 users');
  expect(users).toContain(
    'John Doe (john@acme.com), Jane Smith (jane@acme.com) and Robert Brown (robert@acme.com)',
  );
  const url = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(head)?.[0] ?? '';
  expect(url).not.toBe('');
  expect(await answers(url)).toBe('gone');
});
