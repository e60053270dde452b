/** Durations in milliseconds. */
export class Times {
  readonly #all: number[] = [];

  add(ms: number): void {
    this.#all.push(ms);
  }

  /** The duration that this share of all, 0 to 1, does not exceed. */
  at(share: number): number {
    const sorted = this.#all.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  }

  /** Their mean: what rare long ones, such as collections of garbage, cost each of all. */
  mean(): number {
    return this.#all.reduce((sum, ms) => sum + ms, 0) / this.#all.length;
  }
}

/** How long the work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
