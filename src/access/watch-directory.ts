import { type FSWatcher, statSync, watch } from 'node:fs';
import { makeDirectory } from './make-directory.ts';

/** Systems lose events, and network drives send none: so often the directory is looked at anyway. */
const LOOK_MS = 500;

/** Calls when entries of a directory may have changed, until the function it returns is called. Keeps no process alive. */
export function watchDirectory(path: string, listener: () => void): () => void {
  let watcher = open(path, listener);
  let seen = marksOf(path);
  const timer = setInterval(() => {
    const before = seen;
    seen = marksOf(path);
    if (seen.directory !== before.directory) {
      // What was watched is another directory than the one that is there now.
      watcher?.close();
      watcher = open(path, listener);
      seen = marksOf(path);
    } else if (seen.entries === before.entries) return;
    listener();
  }, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}

/** Where it can't be made or watched, only looking is left. */
function open(path: string, listener: () => void): FSWatcher | undefined {
  try {
    makeDirectory(path);
    const watcher = watch(path, { persistent: false }, listener);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/** Which directory it is, and when an entry was last added, removed or replaced. */
function marksOf(path: string): { directory: string; entries: string } {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return { directory: String(stat?.ino), entries: `${stat?.mtimeNs} ${stat?.ctimeNs}` };
  } catch {
    return { directory: 'unreadable', entries: '' };
  }
}
