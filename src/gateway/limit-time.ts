import { AppError } from '../shared/errors.ts';
import { abortable } from '../shared/wait.ts';
import type { Step } from './steps.ts';

/** How long a call may take, in milliseconds: without a sign of progress, and in all. */
export interface TimeLimits {
  readonly idleMs: number;
  readonly totalMs: number;
}

/** Ends a call that stalls or takes too long, and one whose caller gave up. Waiting for a person does not count. */
export function limitTime(limits: TimeLimits): Step {
  return (next) => async (call) => {
    const watch = new AbortController();
    const stop = (message: string) =>
      watch.abort(
        new AppError({
          code: 'TIMEOUT',
          message,
          hint: 'Ask for less (a filter, a smaller limit or a shorter range), or start the server with a larger --timeout.',
        }),
      );
    const idle = timer(limits.idleMs, () => stop(`No progress for ${limits.idleMs / 1000} s.`));
    const total = timer(limits.totalMs, () => stop(`Not finished after ${limits.totalMs / 1000} s.`));
    const signal = AbortSignal.any([call.signal, watch.signal]);
    const { confirm } = call;
    try {
      const running = next({
        ...call,
        signal,
        progress: (progress) => {
          idle.restart();
          call.progress(progress);
        },
        ...(confirm && {
          confirm: async (question) => {
            idle.pause();
            total.pause();
            return confirm(question).finally(() => {
              idle.restart();
              total.restart();
            });
          },
        }),
      });
      return await abortable(running, signal).catch((thrown: unknown) => {
        if (!signal.aborted) throw thrown;
        return lastWord(running, thrown);
      });
    } finally {
      idle.pause();
      total.pause();
    }
  };
}

/** How long an aborted call may take to say in what state it left the account. */
const LAST_WORD_MS = 250;

/** What an aborted call itself has to say: a write that was under way knows more than "cancelled". */
async function lastWord<T>(running: Promise<T>, otherwise: unknown): Promise<T> {
  const patience = timer(LAST_WORD_MS, () => silence.reject(otherwise));
  const silence = Promise.withResolvers<never>();
  return Promise.race([running, silence.promise]).finally(() => patience.pause());
}

function timer(ms: number, act: () => void): { pause(): void; restart(): void } {
  let handle = setTimeout(act, ms);
  return {
    pause: () => clearTimeout(handle),
    restart: () => {
      clearTimeout(handle);
      handle = setTimeout(act, ms);
    },
  };
}
