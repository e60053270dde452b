/** Tells this process apart from every other of this machine: its number, and when it began. */
export const THIS_PROCESS = `${process.pid}-${Math.round(performance.timeOrigin).toString(36)}`;

/** Whether a process of this machine runs; one of another user counts, though it can't be asked. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH');
  }
}
