import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A way to have a disk with little room. */
export interface FullDisk {
  readonly title: string;
  /** What the system says when it is full. */
  readonly code: 'ENOSPC' | 'EFBIG';
  /** The command that runs another one with little room in a state directory. What is written is there afterwards. */
  command(home: string, argv: readonly string[]): { readonly file: string; readonly args: readonly string[] };
}

/** Mounts over the directory, in a name space of its own, and copies to what is below: the working directory still leads there. */
const SMALL = `cd "$1" && mount -t tmpfs -o "size=$2k,mode=700" none "$1" || exit 99
head -c "$(($2 * 512))" /dev/zero >"$1/ballast"
small=$1
shift 2
"$@"
status=$?
rm -f "$small/ballast"
cp -R "$small/." . || exit 98
exit "$status"`;

/** A file system of so many kilobytes, half of them taken by a file `ballast`. */
function smallTmpfs(kilobytes: number, flag: string): FullDisk {
  return {
    title: 'a full tmpfs',
    code: 'ENOSPC',
    command: (home, argv) => {
      mkdirSync(home, { recursive: true, mode: 0o700 });
      return { file: 'unshare', args: [flag, 'sh', '-c', SMALL, 'sh', home, String(kilobytes), ...argv] };
    },
  };
}

/** No file may have more kilobytes: works without any rights. */
function fileLimit(kilobytes: number, title: string): FullDisk {
  const script = `ulimit -f ${kilobytes * 2}; exec "$@"`;
  return {
    title,
    code: 'EFBIG',
    command: (_home, argv) => ({ file: 'sh', args: ['-c', script, 'sh', ...argv] }),
  };
}

/** How a tmpfs can be mounted here: as root, as root of a name space, or not at all. */
const flag = ['-m', '-rm'].find(
  (each) =>
    spawnSync('unshare', [each, 'mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', '/tmp']).status === 0,
);

/** The disks to test with: where nobody may mount, the title says so. */
export function fullDisks(fileKilobytes: number, diskKilobytes: number): readonly FullDisk[] {
  return flag === undefined
    ? [fileLimit(fileKilobytes, 'a limit on files (no tmpfs can be mounted here, so no full one was tried)')]
    : [fileLimit(fileKilobytes, 'a limit on files'), smallTmpfs(diskKilobytes, flag)];
}
