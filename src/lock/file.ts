import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type Lock, LOCKFILE_VERSION, lockText } from './digests.ts';

/** The name of the lockfile in a repository. */
export const LOCK_FILE = 'workos-mcp.lock';

/** Why a lockfile can't be read or written, in one sentence. */
export class LockFileError extends Error {
  override readonly name = 'LockFileError';
}

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/u);
const lockSchema = z.strictObject({
  instructions: digest,
  lockfileVersion: z.literal(LOCKFILE_VERSION),
  policy: z.record(z.string(), digest),
  tools: z.record(z.string(), z.record(z.string(), digest)),
});

/** Reads a lockfile; `undefined` if there is none. Throws a LockFileError if it can't be read or is something else. */
export function findLock(file: string): Lock | undefined {
  const text = textOf(file);
  if (text === undefined) return undefined;
  const value = parsed(text, file);
  const lock = lockSchema.safeParse(value);
  if (lock.success) return lock.data;
  const version = z.object({ lockfileVersion: z.int(), tools: z.unknown() }).safeParse(value);
  if (version.success && version.data.lockfileVersion !== LOCKFILE_VERSION) {
    const found = version.data.lockfileVersion;
    throw new LockFileError(`${file} has lockfileVersion ${found}; this version knows ${LOCKFILE_VERSION}.`);
  }
  const field = lock.error.issues[0]?.path.join('.') ?? '';
  throw new LockFileError(
    `${file} is no lockfile of workos-mcp${field === '' ? '' : `: look at "${field}"`}.`,
  );
}

/** Reads a lockfile that has to be there. */
export function readLock(file: string): Lock {
  const lock = findLock(file);
  if (lock !== undefined) return lock;
  throw new LockFileError(`${file} does not exist.`);
}

/** Writes a lockfile. */
export function writeLock(file: string, lock: Lock): void {
  try {
    writeFileSync(file, lockText(lock));
  } catch (cause) {
    throw failure(file, 'written', cause);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw failure(file, 'read', cause);
  }
}

/** Editors may put a mark before the text. */
function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (cause) {
    throw new LockFileError(`${file} is no lockfile of workos-mcp: it is not JSON.`, { cause });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is a file',
  EROFS: 'the disk is read-only',
};

function failure(file: string, what: 'read' | 'written', cause: unknown): LockFileError {
  const code = codeOf(cause);
  return new LockFileError(`${file} can't be ${what}: ${REASONS[code] ?? code}.`, { cause });
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
}
