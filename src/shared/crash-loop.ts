/** When something that is started anew each time it ends is left alone for a while; times in milliseconds. */
export interface CrashLoopLimits {
  /** So many ends within the window are a loop. */
  readonly ends: number;
  readonly windowMs: number;
  /** The first pause; each that follows soon is twice as long, up to the longest. */
  readonly pauseMs: number;
  readonly longestMs: number;
}

/** What holds unless a test says otherwise. */
const LIMITS: CrashLoopLimits = { ends: 5, windowMs: 60_000, pauseMs: 30_000, longestMs: 480_000 };

/** Notices that something keeps ending, and says how long not to start it again. */
export class CrashLoop {
  readonly #limits: CrashLoopLimits;
  readonly #now: () => number;
  #ends: number[] = [];
  #pause = 0;
  #until = Number.NEGATIVE_INFINITY;

  constructor(limits: Partial<CrashLoopLimits> = {}, now: () => number = () => performance.now()) {
    this.#limits = { ...LIMITS, ...limits };
    this.#now = now;
  }

  /** Takes note of an end. Answers how long to wait before the next start: 0 unless it is a loop. */
  ended(): number {
    const now = this.#now();
    const { ends, windowMs, pauseMs, longestMs } = this.#limits;
    this.#ends = [...this.#ends.filter((end) => now - end < windowMs), now];
    // Whoever ends again soon after a pause has not recovered.
    const again = now - this.#until < windowMs;
    if (this.#ends.length < ends && !again) return 0;
    this.#pause = again ? Math.min(this.#pause * 2, longestMs) : pauseMs;
    this.#until = now + this.#pause;
    return this.#pause;
  }

  /** How long it is not to be started yet; 0 when it may be. */
  waitMs(): number {
    return Math.max(0, this.#until - this.#now());
  }
}
