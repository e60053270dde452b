import type { Event, Memento } from 'vscode';
import { randomUUID } from 'node:crypto';
import { type EnvironmentStorage, EnvironmentStore } from './environment-store.ts';

/** A WorkOS environment a person works with. Its key lives in SecretStorage, never here. */
export interface StoredEnvironment {
  readonly id: string;
  readonly name: string;
  readonly kind: 'production' | 'staging' | 'sandbox';
  readonly baseUrl: string;
}

/** The built-in sample account: it needs no key, and its address is known once it has started. */
export const SAMPLE: StoredEnvironment = {
  id: 'sample',
  name: 'Sample account',
  kind: 'sandbox',
  baseUrl: '',
};

const LAST_KEY = 'workos.lastEnvironment';

/** What was removed, so that it can be brought back. */
export interface Removed {
  readonly environment: StoredEnvironment;
  readonly key: string | undefined;
  readonly wasActive: boolean;
}

/** The environments of this user, and which of them is this window's. */
export class Environments {
  readonly #store: EnvironmentStore;
  readonly #state: Pick<Memento, 'get' | 'update'>;
  readonly #changed: { readonly event: Event<void>; fire(): void };
  #active: string | undefined;
  #seen: StoredEnvironment | undefined;

  /** `initial` is active for a person who has not used any environment yet. */
  constructor(
    storage: EnvironmentStorage,
    changed: { readonly event: Event<void>; fire(): void },
    initial?: StoredEnvironment,
  ) {
    this.#store = new EnvironmentStore(storage);
    this.#state = storage.state;
    this.#changed = changed;
    const last = storage.state.get<unknown>(LAST_KEY);
    this.#active = typeof last === 'string' ? last : initial?.id;
  }

  /** Fires when the list, a key or the active environment changes. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** The stored ones, read afresh: another window may have changed them. */
  list(): readonly StoredEnvironment[] {
    return this.#store.list();
  }

  /** This window's environment; a new window takes the last one used. */
  active(): StoredEnvironment | undefined {
    const found = this.#active === SAMPLE.id ? SAMPLE : this.#store.find(this.#active);
    this.#seen = found ?? this.#seen;
    return found;
  }

  /** The environment this window worked with, if it was removed meanwhile. */
  lost(): StoredEnvironment | undefined {
    return this.active() === undefined && this.#seen?.id === this.#active ? this.#seen : undefined;
  }

  async key(id: string): Promise<string | undefined> {
    return this.#store.key(id);
  }

  /** Finds again what the list of this window has lost. */
  async recover(): Promise<void> {
    if (!(await this.#store.recover())) return;
    this.#changed.fire();
    await this.#store.writeList();
  }

  /** Adds an environment with its key and makes it this window's. */
  async add(environment: Omit<StoredEnvironment, 'id'>, key: string): Promise<StoredEnvironment> {
    const added = { ...environment, id: randomUUID() };
    await this.#put(added, key);
    await this.activate(added.id);
    return added;
  }

  /** Replaces a key; false when its environment was removed meanwhile: then nothing is stored. */
  async setKey(id: string, key: string): Promise<boolean> {
    const environment = this.#store.find(id);
    if (environment === undefined) return false;
    await this.#store.store({ environment, key });
    this.#changed.fire();
    return true;
  }

  async activate(id: string): Promise<void> {
    this.#active = id;
    try {
      await this.#state.update(LAST_KEY, id);
      await this.#store.writeList();
    } finally {
      this.#changed.fire();
    }
  }

  /** Forgets an environment and its key, and hands out what it forgot. While the key is there, nothing is forgotten. */
  async remove(id: string): Promise<Removed | undefined> {
    const environment = this.#store.find(id);
    if (environment === undefined) return undefined;
    const key = await this.key(id);
    await this.#store.delete(id);
    const wasActive = this.#active === id;
    if (wasActive) {
      this.#active = undefined;
      this.#seen = undefined;
    }
    try {
      await this.#store.writeList();
      if (this.#state.get(LAST_KEY) === id)
        await this.#state.update(LAST_KEY, (this.active() ?? this.list()[0])?.id);
    } finally {
      this.#changed.fire();
    }
    return { environment, key, wasActive };
  }

  /** Brings back what was removed; another environment chosen meanwhile stays active. */
  async restore({ environment, key, wasActive }: Removed): Promise<void> {
    await this.#put(environment, key);
    if (wasActive && this.active() === undefined) await this.activate(environment.id);
    else this.#changed.fire();
  }

  /** Takes note that a secret changed, here or in another window: with it an environment comes and goes. */
  async secretChanged(name: string): Promise<void> {
    if (await this.#store.secretChanged(name)) this.#changed.fire();
  }

  /** The secret goes first: other windows look at it when they are told of it. */
  async #put(environment: StoredEnvironment, key: string | undefined): Promise<void> {
    if (key === undefined) this.#store.keepKeyless(environment);
    else await this.#store.store({ environment, key });
    try {
      await this.#store.writeList();
    } catch (thrown) {
      await this.#store.delete(environment.id);
      throw thrown;
    }
  }
}
