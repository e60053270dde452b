import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describeSighting } from '../access/honeypot.ts';
import type { StateDir } from '../access/state-dir.ts';
import { look } from '../access/switch-file.ts';
import type { Verdict } from './finding.ts';

/** With less, records of calls soon can't be written, and changes are refused. */
const LEAST_FREE = 64 * 2 ** 20;

/** Looks at the directory all processes of this user share: owner, rights, room. */
export function checkState(dir: StateDir, leastFree = LEAST_FREE): Verdict[] {
  const { path } = dir;
  const problem = dir.problem();
  if (problem !== undefined) return [{ status: 'fail', found: problem, fix: FIX_RIGHTS }];
  const there = existsSync(path);
  const found = `${path} is made when first needed`;
  return [there ? rightsOf(path) : { status: 'ok', found }, ...roomAt(path, leastFree)];
}

const FIX_RIGHTS =
  'Give the directory to yourself alone (chown, chmod 700), or set WORKOS_MCP_HOME to another one.';

function rightsOf(path: string): Verdict {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return { status: 'fail', found: `${path} can't be written`, fix: FIX_RIGHTS };
  }
  const mode = statSync(path).mode & 0o777;
  if (process.platform === 'win32' || (mode & 0o077) === 0) return { status: 'ok', found: path };
  const found = `Other users can look into ${path} (mode ${mode.toString(8).padStart(4, '0')})`;
  return { status: 'warn', found, fix: `chmod 700 ${JSON.stringify(path)}` };
}

function roomAt(path: string, leastFree: number): Verdict[] {
  const { bavail, bsize } = statfsSync(existing(path));
  const free = bavail * bsize;
  if (free >= leastFree) return [];
  const found = `only ${Math.floor(free / 2 ** 20)} MB are free on the disk of ${path}`;
  return [{ status: 'warn', found, fix: 'Make room: while calls can not be recorded, changes are refused.' }];
}

/** The path, or what of it is there. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

/** Says since when and why everything is stopped, where it is. */
export function checkStopped(dir: StateDir): Verdict[] {
  // A directory that can't be trusted is a finding of its own.
  if (dir.problem() !== undefined) return [];
  const { state } = look(dir);
  if (!state.stopped) return [];
  const { at, by, problem, sighting } = state;
  const from = by === undefined ? '' : `, from ${by}`;
  const why =
    sighting === undefined
      ? `everything is stopped since ${at.toISOString()}${from}`
      : `quarantined since ${at.toISOString()}. ${describeSighting(sighting)}`;
  return [
    {
      status: 'fail',
      found: problem ?? why,
      fix: 'When you know why: "workos-mcp resume", or Resume in VS Code.',
    },
  ];
}
