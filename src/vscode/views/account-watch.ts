import { createHash } from 'node:crypto';

/** What tells one account from another. */
export interface AccountIdentity {
  readonly id: string;
  readonly baseUrl: string;
}

export interface AccountSource {
  /** The environment of this window, if it has one. */
  readonly active: () => AccountIdentity | undefined;
  readonly key: (id: string) => Promise<string | undefined>;
}

/** Notices that this window's calls go to another account: another environment, or another key of the same one. */
export class AccountWatch {
  readonly #source: AccountSource;
  readonly #left: () => void;
  #known: AccountIdentity | undefined;
  #print: Promise<string>;

  /** `left` is called as soon as the account is another one. */
  constructor(source: AccountSource, left: () => void) {
    this.#source = source;
    this.#left = left;
    this.#known = source.active();
    this.#print = this.#fingerprint();
  }

  /** Looks again, after something about the environments has changed. */
  async look(): Promise<void> {
    const before = this.#print;
    const now = this.#source.active();
    const moved = now?.id !== this.#known?.id || now?.baseUrl !== this.#known?.baseUrl;
    this.#known = now;
    this.#print = this.#fingerprint();
    if (moved) this.#left();
    else if ((await this.#print) !== (await before)) this.#left();
  }

  /** Of the key only a hash is kept. */
  async #fingerprint(): Promise<string> {
    const active = this.#source.active();
    const key = active === undefined ? undefined : await this.#source.key(active.id).catch(() => undefined);
    return createHash('sha256').update(`${active?.id} ${key}`).digest('hex');
  }
}
