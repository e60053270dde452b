import type { ErrorDetails } from '../shared/errors.ts';
import type { Draft, Progress } from '../tools/tool.ts';
import type { Job } from './executor.ts';

/** What the host tells the isolate: one JSON text per line. `call` and `request` are numbers of their sender. */
export type ToChild =
  /** `bait` is a key that opens nothing. */
  | { readonly type: 'start'; readonly baseUrl: string; readonly bait?: string | undefined }
  | { readonly type: 'call'; readonly call: number; readonly job: Job; readonly asks: boolean }
  | { readonly type: 'abort'; readonly call: number; readonly error: ErrorDetails }
  | ({ readonly type: 'answer'; readonly request: number } & Answer)
  | { readonly type: 'refusal'; readonly request: number; readonly error: ErrorDetails }
  | { readonly type: 'wait'; readonly request: number; readonly message: string }
  /** The file is open: chunks come one by one, as the isolate asks for more. */
  | { readonly type: 'opened'; readonly request: number }
  | { readonly type: 'chunk'; readonly request: number; readonly base64: string }
  | { readonly type: 'end'; readonly request: number }
  | { readonly type: 'reply'; readonly request: number; readonly yes: boolean }
  | { readonly type: 'ping' };

/** An API's answer as it crosses the bridge. */
interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
}

/** What the isolate tells the host, which believes none of it before it is parsed. */
export type FromChild =
  | { readonly type: 'ready'; readonly permission: boolean }
  | { readonly type: 'result'; readonly call: number; readonly draft: Draft<unknown> }
  | { readonly type: 'failure'; readonly call: number; readonly error: ErrorDetails }
  /** What nobody foresaw: for the log. */
  | { readonly type: 'fault'; readonly call: number; readonly text: string }
  | { readonly type: 'progress'; readonly call: number; readonly progress: Progress }
  | ({ readonly type: 'api'; readonly call: number; readonly request: number } & Asked)
  | { readonly type: 'download'; readonly call: number; readonly request: number; readonly url: string }
  | { readonly type: 'ask'; readonly call: number; readonly request: number; readonly question: string }
  | { readonly type: 'more'; readonly request: number }
  | { readonly type: 'cancel'; readonly request: number }
  /** `rss` in bytes. */
  | { readonly type: 'pong'; readonly rss: number };

/** An API request as it crosses the bridge. */
interface Asked {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string | undefined;
  readonly rateKey?: string | undefined;
}
