const KEPT = 10_000;

/** One request the sandbox has received. */
export interface LoggedRequest {
  readonly time: Date;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Header names in lower case; values are not kept, one of them is the key. */
  readonly headers: readonly string[];
  readonly authorization: boolean;
  /** The status answered; 0 while none has been, and for a connection that was reset. */
  status: number;
}

/** Every request received, downloads included; the oldest go after 10,000. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
  }

  count(predicate: (entry: LoggedRequest) => boolean = () => true): number {
    return this.#entries.filter((entry) => predicate(entry)).length;
  }

  clear(): void {
    this.#entries.length = 0;
  }
}
