import { builtLock } from '../lock/built.ts';
import { changesBetween } from '../lock/compare.ts';
import { findLock, LOCK_FILE, readLock, writeLock } from '../lock/file.ts';
import type { Flags } from './parse.ts';
import { print } from './process.ts';

/** `workos-mcp lock`: writes the lockfile, or compares it with what this build offers. Needs no account. */
export function runLock({ file = LOCK_FILE, check }: Flags): number {
  const current = builtLock();
  if (check) {
    const changes = changesBetween(readLock(file), current);
    for (const change of changes) print(change);
    if (changes.length === 0) print(`${file} fits: nothing changed.`);
    return changes.length === 0 ? 0 : 1;
  }
  // Reading first keeps a mistyped name from overwriting some other file.
  const accepted = findLock(file);
  for (const change of accepted === undefined ? [] : changesBetween(accepted, current)) print(change);
  writeLock(file, current);
  print(`Wrote ${file}: ${Object.keys(current.tools).length} tools.`);
  return 0;
}
