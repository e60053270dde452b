import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeProfile } from '../../../scripts/start/profile.mts';

let home = '';
const byName = (a = '', b = '') => (a < b ? -1 : 1);
const started = new Set<ChildProcess>();
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'profiles-'));
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
  rmSync(home, { recursive: true });
});

/** A program that stays, with the given argument, until it is ended by a signal or by `end`. */
async function program(argument: string) {
  const code = "process.stdin.resume(); process.stdout.write('started')";
  const child = spawn(process.execPath, ['-e', code, '--', argument], { stdio: ['pipe', 'pipe', 'ignore'] });
  started.add(child);
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  return { pid: child.pid!, ended, end: () => child.stdin.end() };
}

/** Leaves the note that a main process leaves. */
function lock(profile: string, pid: number): void {
  mkdirSync(profile, { recursive: true });
  writeFileSync(join(profile, 'code.lock'), `${pid}`);
}

it('ends the VS Code that runs on the profile, and keeps the usual profile', async () => {
  const { path, release } = takeProfile(home);
  expect(path).toBe(join(home, 'desktop'));
  const vscode = await program(`--user-data-dir=${path}`);
  lock(path, vscode.pid);
  release();
  expect(await vscode.ended).toEqual([null, 'SIGTERM']);
  expect(existsSync(path)).toBe(true);
});

it('leaves a stranger alone that has the number of a VS Code that crashed', async () => {
  const stranger = await program(`--user-data-dir=${join(home, 'desktop-2')}`);
  lock(join(home, 'desktop'), stranger.pid);
  const { path, release } = takeProfile(home);
  expect(path).toBe(join(home, 'desktop'));
  lock(path, stranger.pid);
  release();
  stranger.end();
  expect(await stranger.ended).toEqual([0, null]);
});

it('takes another profile while the usual one is used, and removes it afterwards', async () => {
  const usual = join(home, 'desktop');
  const vscode = await program(`--user-data-dir=${usual}`);
  lock(usual, vscode.pid);
  const { path, release } = takeProfile(home);
  expect(path).toBe(join(home, `desktop-${process.pid}`));
  expect(readdirSync(home).toSorted(byName)).toEqual(['desktop', `desktop-${process.pid}`]);
  release();
  expect(readdirSync(home)).toEqual(['desktop']);
  vscode.end();
  expect(await vscode.ended).toEqual([0, null]);
});

it('removes the profiles that earlier starts left, unless somebody uses them', async () => {
  const gone = await program('x');
  gone.end();
  await gone.ended;
  const [stale, used, other] = [gone.pid, process.ppid, gone.pid + 1_000_000].map((n) => `desktop-${n}`);
  for (const name of [stale, used, 'desktop-x']) mkdirSync(join(home, name!));
  const vscode = await program(`--user-data-dir=${join(home, other!)}`);
  lock(join(home, other!), vscode.pid);
  takeProfile(home);
  expect(readdirSync(home).toSorted(byName)).toEqual(['desktop', used, other, 'desktop-x'].toSorted(byName));
});
