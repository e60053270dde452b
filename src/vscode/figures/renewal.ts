const EVERY_MS = 2_000;

export interface RenewalOptions {
  /** Renews what is shown; a failure is its own to tell. */
  readonly renew: () => Promise<void>;
  /** Whether a tab has it, and whether one is seen. */
  readonly shown: () => 'seen' | 'open' | 'closed';
  readonly everyMs?: number;
}

/** Renews something while it is seen, and ends by itself once it is closed: nothing runs for what nobody looks at. */
export class Renewal {
  readonly #options: RenewalOptions;
  #timer: NodeJS.Timeout | undefined;
  #renewing = false;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** Begins unless it has begun. */
  start(): void {
    this.#timer ??= setInterval(() => void this.#tick(), this.#options.everyMs ?? EVERY_MS).unref();
  }

  /** True while it goes on. */
  get runs(): boolean {
    return this.#timer !== undefined;
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #tick(): Promise<void> {
    const shown = this.#options.shown();
    if (shown === 'closed') this.dispose();
    if (shown !== 'seen' || this.#renewing) return;
    this.#renewing = true;
    await this.#options.renew().finally(() => (this.#renewing = false));
  }
}
