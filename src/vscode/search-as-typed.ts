/** Silence before a search begins, so that a word is one request and not one per letter. */
const PAUSE_MS = 200;

/** What a search box needs to be told. */
export interface SearchOptions<T> {
  readonly search: (text: string, signal: AbortSignal) => Promise<T>;
  readonly show: (found: T) => void;
  readonly busy: (busy: boolean) => void;
}

/** Searches while somebody types: the latest text wins, answers to earlier ones are dropped. */
export class SearchAsTyped<T> {
  readonly #options: SearchOptions<T>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor(options: SearchOptions<T>) {
    this.#options = options;
  }

  /** Searches once typing pauses. */
  type(text: string): void {
    this.#stop();
    this.#options.busy(true);
    this.#timer = setTimeout(() => void this.now(text), PAUSE_MS);
  }

  /** Searches at once; resolves when its answer is shown or dropped. */
  async now(text: string): Promise<void> {
    this.#stop();
    const { search, show, busy } = this.#options;
    const running = new AbortController();
    this.#running = running;
    busy(true);
    const found = await search(text, running.signal);
    if (running.signal.aborted) return;
    busy(false);
    show(found);
  }

  dispose(): void {
    this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
  }
}
