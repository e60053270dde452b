import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateDir } from '../access/state-dir.ts';
import { makeDirectory } from '../access/make-directory.ts';
import { codeOf, StateError } from '../access/state-error.ts';

/** Where the audit files of a state directory are. */
export const auditDirectory = (dir: StateDir): string => join(dir.path, 'audit');
/** Where the checkpoints beside audit files are. */
export const checkpointDirectory = (audit: string): string => join(audit, 'checkpoints');

/** Makes a directory only this user can read. Throws StateError when it can't. */
export function makePrivate(path: string): void {
  try {
    makeDirectory(path);
  } catch (thrown) {
    throw new StateError(`Can't make ${path} (${codeOf(thrown)}).`, { cause: thrown });
  }
}

/** Gives a file this content, unless it has it: a reader sees all of it or what was there before. Throws StateError. */
export function writeWhole(path: string, text: string): void {
  if (contentOf(path) === text) return;
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(draft, path);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw new StateError(`Can't write ${path} (${codeOf(thrown)}).`, { cause: thrown });
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
