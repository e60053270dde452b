import { AppError } from '../shared/errors.ts';
import { abortable, join } from '../shared/wait.ts';
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
    const idle = countdown(limits.idleMs, () => stop(`No progress for ${limits.idleMs / 1000} s.`));
    const total = countdown(limits.totalMs, () => stop(`Not finished after ${limits.totalMs / 1000} s.`));
    const { signal, letGo } = join(call.signal, watch.signal);
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
              idle.resume();
              total.resume();
            });
          },
        }),
      });
      return await abortable(running, signal).catch((thrown: unknown) => {
        if (!signal.aborted) throw thrown;
        return lastWord(running, thrown);
      });
    } finally {
      idle.end();
      total.end();
      letGo();
    }
  };
}

/** How long an aborted call may take to say in what state it left the account. */
const LAST_WORD_MS = 250;

/** A write that was under way knows more than "cancelled": that it is done, or that nobody can tell. */
async function lastWord<T>(running: Promise<T>, otherwise: unknown): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const patience = setTimeout(() => silence.reject(otherwise), LAST_WORD_MS);
  return Promise.race([running, silence.promise])
    .catch((thrown: unknown) => {
      throw thrown instanceof AppError && thrown.code === 'OUTCOME_UNKNOWN' ? thrown : otherwise;
    })
    .finally(() => clearTimeout(patience));
}

/** Acts after so much time; pausing keeps what is left, and once ended it stays so. */
function countdown(ms: number, act: () => void) {
  let left = ms;
  let since = 0;
  let handle: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  const pause = () => {
    if (handle === undefined) return;
    clearTimeout(handle);
    handle = undefined;
    left -= performance.now() - since;
  };
  const resume = () => {
    if (over || handle !== undefined) return;
    since = performance.now();
    handle = setTimeout(act, left);
  };
  resume();
  return {
    pause,
    resume,
    /** Counts from the start again; a paused one stays paused. */
    restart: () => {
      const paused = handle === undefined;
      pause();
      left = ms;
      if (!paused) resume();
    },
    end: () => {
      over = true;
      pause();
    },
  };
}
