// The folders of the desktop VS Code that `npm start` opens, and its main process.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where the main process of VS Code leaves its number, in the folder of its profile. */
const LOCK = 'code.lock';
const EXTRA = /^desktop-(\d+)$/u;

/** A profile that no other VS Code uses. */
export interface Profile {
  readonly path: string;
  /** Ends the VS Code that runs on it, and removes it if it was for this time only. */
  readonly release: () => void;
}

/** The usual profile in `home`, which keeps sign-ins from one start to the next; another while a VS Code uses that one. */
export function takeProfile(home: string): Profile {
  removeStale(home);
  const usual = join(home, 'desktop');
  const extra = isUsed(usual);
  const path = extra ? join(home, `desktop-${process.pid}`) : usual;
  rmSync(join(path, LOCK), { force: true });
  mkdirSync(path, { recursive: true });
  return {
    path,
    release: () => {
      const pid = mainProcess(path);
      if (pid !== undefined && runsOn(path, pid) === true) signal(pid, 'SIGTERM');
      if (extra) remove(path);
    },
  };
}

/** Removes what earlier starts could not. */
function removeStale(home: string): void {
  for (const name of existsSync(home) ? readdirSync(home) : []) {
    const [, starter] = EXTRA.exec(name) ?? [];
    if (starter === undefined || signal(Number(starter), 0) || isUsed(join(home, name))) continue;
    remove(join(home, name));
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A VS Code that is ending still writes there; the next start removes it.
  }
}

function isUsed(profile: string): boolean {
  const pid = mainProcess(profile);
  return pid !== undefined && runsOn(profile, pid) !== false;
}

/** The process that the lock names. After a crash the number may be that of any other program. */
function mainProcess(profile: string): number | undefined {
  const pid = Number(read(join(profile, LOCK)));
  return Number.isInteger(pid) && pid > 1 && signal(pid, 0) ? pid : undefined;
}

/** Whether a process was started on the profile; undefined where this machine does not say. */
function runsOn(profile: string, pid: number): boolean | undefined {
  const line = commandLine(pid);
  return line === undefined ? undefined : ` ${line} `.includes(` --user-data-dir=${profile} `);
}

function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') return read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ');
  const options = { encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`], options);
  return status === 0 ? stdout.trim() : undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whether the process is there; signal 0 only asks. */
function signal(pid: number, name: 'SIGTERM' | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
