/** What an isolate may take, and how long it may; times in milliseconds. */
export interface IsolateLimits {
  /** Resident bytes. */
  readonly rss: number;
  /** Without an answer to a ping, while calls run. */
  readonly stuckMs: number;
  /** Messages between two pings. */
  readonly messages: number;
  /** Bytes of one message. */
  readonly line: number;
  /** Requests that wait for an answer, per running call. */
  readonly requests: number;
  /** From its start until it is ready. */
  readonly startMs: number;
  /** For ending a call that was aborted. */
  readonly abortMs: number;
  /** Without calls, until it is ended. */
  readonly idleMs: number;
}

const MB = 1_048_576;

/** The limits every isolate has. */
export const ISOLATE_LIMITS: IsolateLimits = {
  rss: 192 * MB,
  stuckMs: 5_000,
  messages: 20_000,
  line: 32 * MB,
  requests: 64,
  startMs: 20_000,
  abortMs: 2_000,
  idleMs: 300_000,
};
