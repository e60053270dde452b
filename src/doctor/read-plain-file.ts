import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { READ_WITHOUT_WAITING } from '../shared/read-flags.ts';

/** The text of a file; `unfit` where it is none but a pipe, a device or a directory, or larger than that; `undefined` where there is nothing to read. Never waits. */
export function readPlainFile(
  path: string,
  mostBytes: number,
): { readonly text: string } | 'unfit' | undefined {
  let handle: number | undefined;
  try {
    handle = openSync(path, READ_WITHOUT_WAITING);
    const stat = fstatSync(handle);
    if (!stat.isFile() || stat.size > mostBytes) return 'unfit';
    const bytes = Buffer.alloc(stat.size);
    return { text: bytes.toString('utf8', 0, readSync(handle, bytes)) };
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
