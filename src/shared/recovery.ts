/** Something of this process that ended by itself, and was started anew or left alone for a while. */
export interface Recovery {
  readonly what: 'isolate' | 'endpoint';
  /** Why it ended, in words that go on from "it". */
  readonly why: string;
  /** Set when it keeps ending: milliseconds until it is started again. */
  readonly pausedMs?: number | undefined;
}

/** Told each time. */
export type Recovered = (recovery: Recovery) => void;

const WHAT = { isolate: 'The process that runs the tools', endpoint: 'The MCP endpoint' } as const;

/** A recovery in a sentence, for logs and records. */
export function describeRecovery({ what, why, pausedMs }: Recovery): string {
  if (pausedMs === undefined) return `${WHAT[what]} was replaced: ${why}.`;
  return `${WHAT[what]} keeps ending and is not started again for ${Math.ceil(pausedMs / 1_000)} s: ${why}.`;
}
