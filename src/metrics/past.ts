import type { ErrorCode } from '../shared/errors.ts';

/** What is kept of a finished call. Never has arguments, results, ids or values that were covered. */
export interface PastCall {
  readonly type: 'call';
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  /** The process it ran in, and its number there: together they name the call. */
  readonly process: string;
  readonly call: number;
  readonly tool: string;
  /** As `clientLabel` makes it: what a client calls itself, or a person's surface in parentheses. */
  readonly client: string;
  /** Name of the connection token it came with, if it came with one. */
  readonly token?: string | undefined;
  /** Its id: names change. */
  readonly tokenId?: string | undefined;
  readonly ms: number;
  /** Size of the answer as JSON. */
  readonly bytes: number;
  /** `ok`, or the code of the error. */
  readonly status: string;
  /** How many values were covered, by kind. */
  readonly covered?: Readonly<Record<string, number>> | undefined;
  /** An agent was given text that third parties wrote. */
  readonly untrusted?: boolean | undefined;
  /** What a model reads and writes for it; absent for a person's call, and where nobody counted. */
  readonly tokens?: TokenUse | undefined;
}

/** Tokens of a call: what the model wrote to make it, what it read, and what shaping kept from it. */
export interface TokenUse {
  readonly arguments: number;
  readonly result: number;
  readonly saved: number;
  /** True when a tokenizer counted; false when they are estimated from the text. */
  readonly exact: boolean;
}

/** What can happen besides calls; a closed list. */
export const EVENT_KINDS = ['taint', 'approval', 'honeypot', 'kill', 'heal', 'failure', 'access'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Something that happened besides calls. */
export interface PastEvent {
  readonly type: 'event';
  readonly at: number;
  readonly process: string;
  readonly kind: EventKind;
  /** Why, in our own words: never a value, a name or an upstream text. */
  readonly cause: string;
  readonly tool?: string | undefined;
  readonly client?: string | undefined;
  /** How often it happened since it was told of last; once where nothing is said. */
  readonly count?: number | undefined;
}

/** How many sessions a process has open from now on. */
export interface PastSessions {
  readonly type: 'sessions';
  readonly at: number;
  readonly process: string;
  readonly open: number;
  /** When the system started it, as `startOf` tells it. */
  readonly start?: string | undefined;
}

/** What is known besides of a call that was told of already. */
export interface PastMore extends Pick<PastCall, 'at' | 'process' | 'tool' | 'client' | 'token' | 'tokenId'> {
  readonly type: 'more';
  readonly tokens?: TokenUse | undefined;
  readonly untrusted?: boolean | undefined;
}

export type Past = PastCall | PastMore | PastEvent | PastSessions;
/** What a process keeps of itself. */
export type Kept = Exclude<Past, PastMore>;

/** Where past records come from: what happened since then, in any order. Asked again, it tells only what is new. */
export interface MetricsSource {
  read(since: number): AsyncIterable<Past>;
}

/** Where records are kept. Writing never fails and never waits. */
export interface MetricsSink {
  write(past: Kept): void;
  close(): Promise<void>;
}

/** A status that counts as an error: everything but `ok`. */
export function isError(status: string): status is ErrorCode {
  return status !== 'ok';
}
