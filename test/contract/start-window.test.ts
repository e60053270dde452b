import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findEditor } from '../../scripts/start/editor.mts';
import { NODE_22, requireBundle } from '../support/bundle.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SCRIPT = join(ROOT, 'scripts/start.mts');
const WAIT = { timeout: 15_000 };

beforeAll(() => void requireBundle());
const folder = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const started = new Set<ChildProcess>();
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

function start(node: string, env: NodeJS.ProcessEnv, args: readonly string[] = []) {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, VSCODE_PATH: ___, ...rest } = process.env;
  const child = spawn(node, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', SCRIPT, ...args], {
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return { child, output, ended: once(child, 'close') };
}

/** A program that notes how it was started and stays, as the command of VS Code does with --wait. */
function standIn(note: string): string {
  const file = join(folder, 'code');
  const code = `const { renameSync, writeFileSync } = require('node:fs');
    const { argv, env, pid } = process;
    writeFileSync(${JSON.stringify(`${note}.new`)}, JSON.stringify({ args: argv.slice(2), env, pid }));
    renameSync(${JSON.stringify(`${note}.new`)}, ${JSON.stringify(note)});
    setInterval(() => {}, 1000);`;
  writeFileSync(file, `#!${process.execPath}\n${code}\n`, { mode: 0o755 });
  return file;
}

interface Note {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
}

it('opens VS Code on the sample account that it serves, and ends it', async () => {
  const note = join(folder, 'note.json');
  const env = { VSCODE_PATH: standIn(note), WORKOS_API_KEY: 'sk_live_own', VSCODE_IPC_HOOK_CLI: '/outer' };
  const { child, output, ended } = start(process.execPath, env);
  await expect.poll(() => output.stdout, WAIT).toMatch(/time +tool/);
  await expect.poll(() => existsSync(note), WAIT).toBe(true);
  const { args, env: given, pid } = JSON.parse(readFileSync(note, 'utf8')) as Note;
  const value = (name: string) => args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  expect(value('--extensionDevelopmentPath')).toBe(ROOT);
  const profile = value('--user-data-dir') ?? '';
  expect(profile.startsWith(join(ROOT, '.vscode-test/start'))).toBe(true);
  expect(value('--extensions-dir')).toBe(join(ROOT, '.vscode-test/start/extensions'));
  expect(args).toContain('--disable-workspace-trust');
  expect(readFileSync(join(args.at(-1) ?? '', 'readme.txt'), 'utf8')).toContain('Acme Corp');

  const { WORKOS_MCP_SAMPLE_URL: url = '', WORKOS_MCP_SAMPLE_KEY: key } = given;
  const answer = await fetch(`${url}/organizations`, { headers: { Authorization: `Bearer ${key}` } });
  expect(await answer.json()).toMatchObject({ data: expect.arrayContaining([expect.anything()]) });
  expect(Object.keys(given).filter((name) => /^(WORKOS_API|VSCODE_)/u.test(name))).toEqual([]);
  expect(output.stdout).toContain('Sample account (sandbox), writes allowed');
  expect(output.stdout).toContain('open the WorkOS view in the activity bar');
  expect(output.stdout).not.toContain(key);

  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(output.stderr).toBe('');
  await expect.poll(() => isRunning(pid), WAIT).toBe(false);
});

it.each([
  [
    'VSCODE_PATH is wrong',
    process.execPath,
    { VSCODE_PATH: '/missing/code' },
    [],
    /VSCODE_PATH names \/missing\/code/,
  ],
  ['VS Code cannot be installed', NODE_22, {}, ['--browser'], /VS Code needs Node 24, this is v22\./],
])('serves without a window and says so when %s', async (_why, node, env, args, reason) => {
  const { child, output, ended } = start(node, env, args);
  await expect.poll(() => output.stdout, WAIT).toMatch(/time +tool/);
  await expect
    .poll(() => output.stdout, WAIT)
    .toMatch(/^There is no VS Code window: .* The server runs without it\.$/mu);
  expect(output.stdout).toMatch(reason);
  const url = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(output.stdout)?.[0] ?? '';
  expect((await fetch(url)).status).toBe(401);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

it('finds the VS Code that the machine has', () => {
  const code = standIn(join(folder, 'unused.json'));
  const remote = { DISPLAY: ':0', PATH: '/srv/bin/remote-cli:/missing' };
  expect(findEditor({ DISPLAY: ':0', PATH: `/missing:${folder}` }, 'linux')).toEqual({
    kind: 'desktop',
    command: code,
  });
  expect(findEditor({ PATH: folder }, 'linux')).toMatchObject({
    kind: 'browser',
    reason: expect.stringContaining('no screen'),
  });
  expect(findEditor(remote, 'linux')).toMatchObject({
    kind: 'browser',
    reason: expect.stringContaining('VSCODE_PATH'),
  });
  expect(findEditor({ PATH: '/missing' }, 'win32')).toMatchObject({ kind: 'none' });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
