import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ThreatLine } from '../contract/threats/line.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NOT_COPIED = ['node_modules', 'test/support/node22/node_modules'];
const run = promisify(execFile);

/** A copy of the project that may be broken. */
export interface Copy {
  readonly folder: string;
  /** Builds the bundles; false when they can't be built. */
  build(): Promise<boolean>;
  /** Takes a defence out; the function it returns puts it back. */
  edit(without: ThreatLine['without']): Promise<() => Promise<void>>;
}

/** Copies the working tree, without what git ignores; installed packages are shared. */
export async function copyProject(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'workos-mcp-mutants-'));
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
  });
  for (const file of stdout.split('\0').filter((name) => name !== '' && !NOT_COPIED.includes(name))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(ROOT, file), join(folder, file));
  }
  for (const name of NOT_COPIED) await symlink(join(ROOT, name), join(folder, name));
  return {
    folder,
    build: () =>
      run(process.execPath, ['esbuild.mjs'], { cwd: folder }).then(
        () => true,
        () => false,
      ),
    edit: async ({ file, from, to }) => {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      if (text.split(from).length !== 2) throw new Error(`${file} does not read "${from}" exactly once.`);
      await writeFile(
        path,
        text.replace(from, () => to),
      );
      return () => writeFile(path, text);
    },
  };
}
