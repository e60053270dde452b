import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../shared/logger.ts';

const current = new AsyncLocalStorage<number>();
let last = 0;

/** Runs the work of a call under a number that no other call of this process has. */
export function underNumber<T>(work: (call: number) => Promise<T>): Promise<T> {
  last += 1;
  const call = last;
  return current.run(call, () => work(call));
}

/** A logger that begins each line with the number of the call it is written for, if it is written for one. */
export function numberedLogger(logger: Logger): Logger {
  const numbered = (level: keyof Logger) => (message: string) => {
    const call = current.getStore();
    logger[level](call === undefined ? message : `#${call} ${message}`);
  };
  return {
    debug: numbered('debug'),
    info: numbered('info'),
    warn: numbered('warn'),
    error: numbered('error'),
  };
}
