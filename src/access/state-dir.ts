import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { withLock } from './file-lock.ts';
import { makeDirectory } from './make-directory.ts';
import { codeOf, StateError } from './state-error.ts';
import { stateHome } from './state-home.ts';
import { watchDirectory } from './watch-directory.ts';

/** The directory all processes of this user share. Each use looks whether it can be trusted; failures are StateErrors. */
export interface StateDir {
  readonly path: string;
  /** Why it must not be trusted, in words for the person; `undefined` when it may be, or is not there yet. */
  problem(): string | undefined;
  /** Makes it if it is not there. */
  ensure(): void;
  /** What a JSON file holds; a file that is missing or no JSON is `undefined` to the schema. */
  read<T>(name: string, schema: z.ZodType<T>): T;
  /** Replaces a file by what `change` makes of it, whole or not at all; no other process changes it meanwhile. */
  update<T, R>(name: string, schema: z.ZodType<T>, change: (now: T) => Updated<T, R>): Promise<R>;
  /** Calls whenever something in it may have changed, until the function it returns is called. */
  watch(listener: () => void): () => void;
}

/** What to write, if anything, and what to answer. */
export interface Updated<T, R> {
  readonly next?: T;
  readonly result: R;
}

/** Opens the shared directory; nothing is made or read before it is used. */
export function openStateDir(path: string = stateHome()): StateDir {
  const problem = () => problemOf(path);
  const trust = () => {
    const found = problem();
    if (found !== undefined) throw new StateError(found);
  };
  const ensure = () => {
    make(path);
    trust();
  };
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    trust();
    return parse(join(path, name), schema);
  };
  return {
    path,
    problem,
    ensure,
    read,
    update: async (name, schema, change) => {
      ensure();
      const file = join(path, name);
      return withLock(`${file}.lock`, (mine) => {
        const { next, result } = change(parse(file, schema));
        if (next !== undefined) replace(file, `${JSON.stringify(next)}\n`, mine);
        return result;
      });
    },
    watch: (listener) => watchDirectory(path, listener),
  };
}

/** Writes what a crash may have left in memory only: the entries of a directory. Windows keeps them by itself. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function make(path: string): void {
  try {
    makeDirectory(path);
  } catch (thrown) {
    throw new StateError(`Can't make the state directory ${path} (${codeOf(thrown)}).`, { cause: thrown });
  }
}

function problemOf(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (!stat.isDirectory()) return `The state directory ${path} is not a directory.`;
    const user = process.getuid?.();
    if (user === undefined) return undefined;
    if (stat.uid !== user) return `The state directory ${path} belongs to another user.`;
    if ((stat.mode & 0o022) === 0) return undefined;
    return `Other users can write to the state directory ${path}. "chmod 700" on it helps.`;
  } catch (thrown) {
    return `The state directory ${path} can't be read (${codeOf(thrown)}).`;
  }
}

function parse<T>(file: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(json(textOf(file)));
  if (parsed.success) return parsed.data;
  throw new StateError(`${file} does not hold what it should.`, { cause: parsed.error });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return '';
    throw new StateError(`Can't read ${file} (${codeOf(thrown)}).`, { cause: thrown });
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A reader sees the old file or the new one, never half of one. */
function replace(file: string, text: string, mine: () => boolean): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx', mode: 0o600, flush: true });
    if (!mine()) throw new StateError(`${file} was taken over by another process.`);
    renameSync(draft, file);
    syncDirectory(join(file, '..'));
  } catch (thrown) {
    rmSync(draft, { force: true });
    if (thrown instanceof StateError) throw thrown;
    throw new StateError(`Can't write ${file} (${codeOf(thrown)}).`, { cause: thrown });
  }
}
