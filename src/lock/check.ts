import type { ToolName } from '../tools/registry.ts';
import { builtLock } from './built.ts';
import { bundledLock } from './bundled.ts';
import { changesBetween } from './compare.ts';
import type { Lock } from './digests.ts';
import { LockFileError, readLock } from './file.ts';

/** Why nothing is served: what is offered is not what was accepted. */
export class LockRefusal extends Error {
  override readonly name = 'LockRefusal';
  /** The lockfile that disagrees; `undefined` for the one inside this build. */
  readonly file: string | undefined;
  /** A line each; none if the file can't be read. */
  readonly changes: readonly string[];

  constructor(message: string, file: string | undefined, changes: readonly string[]) {
    super(message);
    this.file = file;
    this.changes = changes;
  }
}

export interface LockCheck {
  /** A lockfile of the person who runs this, besides the one inside this build. */
  readonly pinned?: string | undefined;
  /** The one tool that will be called; default: any. */
  readonly only?: ToolName | undefined;
}

/** Throws a LockRefusal unless what this build offers is what was accepted. A pinned file always counts whole. */
export function requireLocked({ pinned, only }: LockCheck): void {
  const accepted = only === undefined ? bundledLock : narrowed(bundledLock, only);
  const changes = changesBetween(accepted, builtLock(only));
  if (changes.length > 0) {
    throw new LockRefusal('this build differs from the lockfile it was made with.', undefined, changes);
  }
  if (pinned !== undefined) requirePinned(pinned);
}

function requirePinned(file: string): void {
  const changes = changesBetween(read(file), builtLock());
  if (changes.length > 0) throw new LockRefusal(`this build differs from ${file}.`, file, changes);
}

/** What can't be read was not accepted. */
function read(file: string): Lock {
  try {
    return readLock(file);
  } catch (error) {
    throw error instanceof LockFileError ? new LockRefusal(error.message, file, []) : error;
  }
}

function narrowed(lock: Lock, only: ToolName): Lock {
  const tool = lock.tools[only];
  return { ...lock, tools: tool === undefined ? {} : { [only]: tool } };
}
