import { existsSync, readFileSync } from 'node:fs';

/** Ids of the processes that a process of this machine has started and that still run. */
export function childrenOf(pid: number | undefined): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1');
  return list.split(' ').filter(Boolean).map(Number);
}

/** Whether a process of this id runs. */
export function runs(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

/** A process of this machine and all that were started by it, or by one of those. */
export function processesUnder(pid: number | undefined): number[] {
  return pid === undefined ? [] : [pid, ...childrenOf(pid).flatMap(processesUnder)];
}
