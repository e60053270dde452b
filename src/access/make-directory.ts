import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './state-error.ts';

/** Makes a directory that only this user can read, and those above it. Throws the system's error when it can't. Where a parent takes none, as /proc does, Node's own recursion would go on for ever. */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (isDirectory(path)) return;
    const parent = dirname(path);
    if (codeOf(thrown) !== 'ENOENT' || parent === path || isDirectory(parent)) throw thrown;
    makeDirectory(parent);
    makeDirectory(path);
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
