import type { CallRecord } from '../gateway/record.ts';

const KEPT = 20;

/** A call as a report may show it: nothing of the account. */
export interface RecentCall {
  readonly time: Date;
  readonly tool: string;
  /** `agent` or the surface a person used; never a client's name. */
  readonly by: string;
  readonly ms: number;
  readonly bytes: number;
  readonly status: string;
}

/** The last 20 calls of this window. */
export class RecentCalls {
  readonly #calls: RecentCall[] = [];

  /** An observer of the gateway. */
  readonly observe = ({ time, tool, caller, ms, bytes, status }: Omit<CallRecord, 'call'>): void => {
    const by = caller.kind === 'agent' ? 'agent' : caller.surface;
    this.#calls.push({ time, tool, by, ms: Math.round(ms), bytes, status });
    if (this.#calls.length > KEPT) this.#calls.shift();
  };

  /** Oldest first. */
  list(): readonly RecentCall[] {
    return [...this.#calls];
  }
}
