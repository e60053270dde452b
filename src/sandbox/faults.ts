/** The part of a request a fault can choose by. */
export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/** What goes wrong with an answer. */
export type FaultKind =
  | { kind: 'latency'; ms: number }
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** The socket closes before the request takes effect. */
  | { kind: 'reset' }
  /** The request takes effect, then the socket closes without an answer. */
  | { kind: 'reset-after' }
  /** Half of the body, then the socket closes. */
  | { kind: 'truncate' }
  /** The body byte by byte. */
  | { kind: 'trickle'; chunkMs: number }
  /** A proxy's empty page in place of the answer. */
  | { kind: 'empty-200-html' };

/** A fault, the requests it is for (all without `match`) and how often it strikes (always without `times`). */
export type Fault = FaultKind & { match?: (request: FaultTarget) => boolean; times?: number };

/** What strikes one request: the delays of all faults, and the first other fault. */
export interface Strike {
  readonly latency: number;
  readonly outcome: Exclude<FaultKind, { kind: 'latency' }> | undefined;
}

/** Trouble on demand; only the program that embeds the sandbox can ask for it. */
export class Faults {
  /** How long an audit log export stays pending; `Infinity` keeps it so. */
  exportDelayMs = 350;
  /** How long a download address is valid. */
  downloadTtlMs = 10 * 60_000;
  /** How an audit log export ends. */
  exportOutcome: 'ready' | 'error' | 'expired' = 'ready';
  #active: { fault: Fault; left: number }[] = [];

  /** Adds a fault to those already active. */
  set(fault: Fault): void {
    this.#active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** Ends all faults; export settings stay. */
  clear(): void {
    this.#active = [];
  }

  /** Uses up the faults that are for this request; the first outcome wins, the others wait for their turn. */
  strike(request: FaultTarget): Strike {
    let latency = 0;
    let outcome: Strike['outcome'];
    for (const entry of this.#active) {
      const { fault } = entry;
      if (fault.match?.(request) === false) continue;
      if (fault.kind === 'latency') latency += fault.ms;
      else if (outcome === undefined) outcome = fault;
      else continue;
      entry.left -= 1;
    }
    this.#active = this.#active.filter(({ left }) => left > 0);
    return { latency, outcome };
  }
}
