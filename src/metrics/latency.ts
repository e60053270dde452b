/** Values of one step are within this share of each other: a quantile is off by half of it at most. */
const STEP = Math.log(1.01);
/** In milliseconds; shorter calls count as this long. */
const LEAST_MS = 0.001;

/**
 * How long calls took, as counts per step of 1 %, like an HDR histogram of two digits, but one that can be added up
 * over hundreds of short spans: it holds no more steps than it saw (2,000 between a microsecond and an hour).
 */
export class Latency {
  readonly #counts = new Map<number, number>();
  #total = 0;

  /** Counts a call of so many milliseconds. */
  add(ms: number): void {
    this.#put(Math.round(Math.log(Math.max(ms, LEAST_MS)) / STEP), 1);
  }

  /** Counts everything the other one counted. */
  merge(other: Latency): void {
    for (const [step, count] of other.#counts) this.#put(step, count);
  }

  /** The time, in milliseconds, that this share of the calls did not exceed, to 0.5 %; 0 without calls. */
  quantile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#total));
    let passed = 0;
    for (const [step, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      passed += count;
      if (passed >= rank) return Math.exp(step * STEP);
    }
    return 0;
  }

  #put(step: number, count: number): void {
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + count);
    this.#total += count;
  }
}
