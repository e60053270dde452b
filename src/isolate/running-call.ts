import type { Draft } from '../tools/tool.ts';
import type { RequestingCall } from './answer-requests.ts';
import type { JobScope } from './executor.ts';

/** A call that runs in an isolate, as its host knows it. */
export interface RunningCall extends RequestingCall {
  readonly resolve: (draft: Draft<unknown>) => void;
  readonly reject: (thrown: unknown) => void;
  readonly progress: JobScope['progress'];
  /** Runs work as a part of the call, so that lines of the log have its number. */
  readonly within: <R>(work: () => R) => R;
  readonly timers: NodeJS.Timeout[];
}
