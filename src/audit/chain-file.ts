import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { syncDirectory } from '../access/state-dir.ts';
import { StateError } from '../access/state-error.ts';

const flush = promisify(fdatasync);

/** A file that lines are added to, and that nobody else writes. */
export interface ChainFile {
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  /** False when somebody removed the file, added to it or cut it: what was done stays to be seen, and lines go elsewhere. */
  isOurs(): boolean;
  /** Adds a whole line or, throwing the system's error, nothing of it. */
  append(line: string): void;
  /** Resolves once all lines added so far survive a loss of power. Calls at the same time share one flush. */
  sync(): Promise<void>;
  close(): void;
}

/** Makes the file; throws the system's error when there is one of this name already. */
export function createChainFile(path: string, directory: string): ChainFile {
  const handle = openSync(path, 'wx', 0o600);
  syncDirectory(directory);
  let size = 0;
  // The number of a closed file soon is that of another one.
  let closed = false;
  const flushes = flushing(handle, () => closed);
  return {
    path,
    get size() {
      return size;
    },
    isOurs: () => {
      if (closed) return true;
      const stat = fstatSync(handle);
      return stat.nlink > 0 && stat.size === size;
    },
    append: (line) => {
      if (closed) throw new StateError(`${path} is closed`);
      const bytes = Buffer.from(line);
      try {
        for (let done = 0; done < bytes.length; )
          done += writeSync(handle, bytes, done, bytes.length - done, size + done);
      } catch (thrown) {
        ftruncateSync(handle, size);
        throw thrown;
      }
      size += bytes.length;
      flushes.touch();
    },
    sync: flushes.sync,
    close: () => {
      if (!closed) closeSync(handle);
      closed = true;
    },
  };
}

/** Flushes what was written since the last time; calls while a flush runs share the next one. */
function flushing(handle: number, isClosed: () => boolean) {
  // Lines may be in memory of the system only.
  let dirty = false;
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  const run = async () => {
    dirty = false;
    try {
      await flush(handle);
    } catch (thrown) {
      dirty = true;
      throw thrown;
    }
  };
  const start = () => {
    running = run().finally(() => (running = undefined));
    return running;
  };
  return {
    touch: () => (dirty = true),
    sync: (): Promise<void> => {
      if (isClosed()) return Promise.resolve();
      if (running !== undefined) {
        waiting ??= running
          .catch(() => undefined)
          .then(() => {
            waiting = undefined;
            return dirty && !isClosed() ? start() : undefined;
          });
        return waiting;
      }
      return dirty ? start() : Promise.resolve();
    },
  };
}
