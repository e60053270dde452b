import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../shared/running.ts';
import { codeOf, StateError } from './state-error.ts';

/** Work under a lock takes milliseconds: a lock this old belongs to a process that hangs or was suspended. */
const STALE_MS = 10_000;
const PATIENCE_MS = 15_000;
const MOST_PAUSE_MS = 8;

/** Runs the work while no other process holds the lock file; `mine` tells whether that still holds. Throws StateError when it waited too long. */
export async function withLock<T>(path: string, work: (mine: () => boolean) => T | Promise<T>): Promise<T> {
  const owner = `${process.pid} ${hostname()} ${randomUUID()}`;
  const patience = performance.now() + PATIENCE_MS;
  while (!take(path, owner)) {
    if (performance.now() > patience) throw new StateError(`${path} is held by another process.`);
    if (isStale(path)) breakStale(path);
    await sleep(1 + Math.random() * MOST_PAUSE_MS);
  }
  const mine = () => content(path) === owner;
  try {
    return await work(mine);
  } finally {
    if (mine()) rmSync(path, { force: true });
  }
}

/** Only one process can create the file. One that can't be written, as on a full disk, is not left behind. */
function take(path: string, owner: string): boolean {
  let made = false;
  try {
    const handle = openSync(path, 'wx', 0o600);
    made = true;
    try {
      writeFileSync(handle, owner);
    } finally {
      closeSync(handle);
    }
    return true;
  } catch (thrown) {
    if (!made && codeOf(thrown) === 'EEXIST') return false;
    if (made) rmSync(path, { force: true });
    throw new StateError(`Can't write ${path} (${codeOf(thrown)}).`, { cause: thrown });
  }
}

/** One breaker at a time looks again and removes: two at once could remove the lock of a third that came between. */
function breakStale(path: string): void {
  const breaker = `${path}.break`;
  if (!take(breaker, '')) {
    if (ageOf(breaker) > STALE_MS) rmSync(breaker, { force: true });
    return;
  }
  try {
    if (isStale(path)) rmSync(path, { force: true });
  } finally {
    rmSync(breaker, { force: true });
  }
}

/** The owner is gone, or holds it far too long. Numbers of processes on another machine or in a container say nothing. */
function isStale(path: string): boolean {
  const [pid = '', host] = (content(path) ?? '').split(' ');
  const gone = host === hostname() && /^\d+$/u.test(pid) && !isRunning(Number(pid));
  return gone || ageOf(path) > STALE_MS;
}

function content(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** In milliseconds; one that is not there any more is not old. */
function ageOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 0 : Date.now() - stat.mtimeMs;
}
