import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ZipEntry } from './zip.ts';

/** What a build has beside it for auditors. A bundle that was copied alone has none of it. */
const BESIDE = ['audit-format.md', 'audit-verify.js'];

/** The files that come as they are: the lockfile, and what is in the folder of this build. */
export function materialsFrom(folder: string, lockText: string): ZipEntry[] {
  const beside = BESIDE.flatMap((name) => {
    const file = join(folder, name);
    return existsSync(file) ? [{ name, content: readFileSync(file) }] : [];
  });
  return [{ name: 'workos-mcp.lock', content: Buffer.from(lockText) }, ...beside];
}
