import { readFileSync } from 'node:fs';

/** Tells this process apart from every other of this machine: its number, and when it began. */
export const THIS_PROCESS = `${process.pid}-${Math.round(performance.timeOrigin).toString(36)}`;

/** When the system started a process, in ticks since it booted. Linux alone tells it cheaply: elsewhere `undefined`. */
export function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // A program's name may hold anything, but is the last thing in parentheses; the start is the 20th word after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine runs; one of another user counts, though it can't be asked. A number comes back, in a container always: with `start`, as `startOf` told it, another process by that number does not count where the system tells them apart. */
export function isRunning(pid: number, start?: string): boolean {
  try {
    process.kill(pid, 0);
    return start === undefined || start === (startOf(pid) ?? start);
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH');
  }
}
