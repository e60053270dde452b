import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from '../shared/logger.ts';
import { type ApprovalNote, CallNotebook } from './call-notes.ts';

const current = new AsyncLocalStorage<{ readonly call: number; readonly notes: CallNotebook }>();
let last = 0;

/** Runs the work of a call under a number that no other call of this process has, with a notebook of its own. */
export function underNumber<T>(work: (call: number, notes: CallNotebook) => Promise<T>): Promise<T> {
  last += 1;
  const call = last;
  const notes = new CallNotebook();
  return current.run({ call, notes }, () => work(call, notes));
}

/** Notes a request for the call it is sent for, if it is sent for one, and then its answer. */
export function noteRequest(method: string, url: URL): (status: number, requestId: string | null) => void {
  return current.getStore()?.notes.request(method, url) ?? (() => undefined);
}

/** Notes what became of a question for the call that asked it. */
export function noteApproval(note: ApprovalNote): void {
  current.getStore()?.notes.approval(note);
}

/** A logger that begins each line with the number of the call it is written for, if it is written for one. */
export function numberedLogger(logger: Logger): Logger {
  const numbered = (level: keyof Logger) => (message: string) => {
    const call = current.getStore()?.call;
    logger[level](call === undefined ? message : `#${call} ${message}`);
  };
  return {
    debug: numbered('debug'),
    info: numbered('info'),
    warn: numbered('warn'),
    error: numbered('error'),
  };
}
