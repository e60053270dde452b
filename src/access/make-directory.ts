import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './state-error.ts';

/** Makes a directory that only this user can read, and those above it. Throws the system's error when it can't; where a parent is there and takes none (as /proc does), Node's own recursion would never end. */
export function makeDirectory(path: string): void {
  const problem = tryMake(path);
  if (problem === undefined) return;
  const parent = dirname(path);
  if (codeOf(problem) !== 'ENOENT' || parent === path) throw problem;
  makeDirectory(parent);
  const again = tryMake(path);
  if (again !== undefined) throw again;
}

/** Why it could not be made, unless it is there already. */
function tryMake(path: string): unknown {
  try {
    mkdirSync(path, { mode: 0o700 });
    return undefined;
  } catch (thrown) {
    return isDirectory(path) ? undefined : thrown;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
