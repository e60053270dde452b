import type { Event, Memento, SecretStorage } from 'vscode';
import { createHash, randomUUID } from 'node:crypto';

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

const LIST_KEY = 'workos.environments';
const LAST_KEY = 'workos.lastEnvironment';
const SECRET_PREFIX = 'workos.apiKey.';

/** What the store needs of VS Code. */
export interface EnvironmentStorage {
  readonly secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>;
  readonly state: Pick<Memento, 'get' | 'update'>;
}

/** What was removed, so that it can be brought back. */
export interface Removed {
  readonly environment: StoredEnvironment;
  readonly key: string | undefined;
  readonly wasActive: boolean;
}

/** The environments of this user, and which of them is this window's. */
export class Environments {
  readonly #storage: EnvironmentStorage;
  readonly #changed: { readonly event: Event<void>; fire(): void };
  /** Environments whose key was deleted, here or in another window: their list may arrive here later. */
  readonly #gone = new Set<string>();
  /** Digests of the keys this window knows of: to tell news from echoes of its own writes. */
  readonly #digests = new Map<string, string>();
  #active: string | undefined;
  #seen: StoredEnvironment | undefined;

  /** `initial` is active for a person who has not used any environment yet. */
  constructor(
    storage: EnvironmentStorage,
    changed: { readonly event: Event<void>; fire(): void },
    initial?: StoredEnvironment,
  ) {
    this.#storage = storage;
    this.#changed = changed;
    this.#active = storage.state.get<string>(LAST_KEY) ?? initial?.id;
  }

  /** Fires when the list, a key or the active environment changes. */
  get onDidChange(): Event<void> {
    return this.#changed.event;
  }

  /** The stored ones, read afresh: another window may have changed them. */
  list(): readonly StoredEnvironment[] {
    const stored = this.#storage.state.get<StoredEnvironment[]>(LIST_KEY) ?? [];
    return stored.filter(({ id }) => !this.#gone.has(id));
  }

  /** This window's environment; a new window takes the last one used. */
  active(): StoredEnvironment | undefined {
    const found = this.#active === SAMPLE.id ? SAMPLE : this.list().find(({ id }) => id === this.#active);
    this.#seen = found ?? this.#seen;
    return found;
  }

  /** The environment this window worked with, if it was removed meanwhile. */
  lost(): StoredEnvironment | undefined {
    return this.active() === undefined && this.#seen?.id === this.#active ? this.#seen : undefined;
  }

  async key(id: string): Promise<string | undefined> {
    return this.#storage.secrets.get(secretName(id));
  }

  /** Adds an environment with its key and makes it this window's. */
  async add(environment: Omit<StoredEnvironment, 'id'>, key: string): Promise<StoredEnvironment> {
    const added = { ...environment, id: randomUUID() };
    await this.#put(added, key);
    await this.activate(added.id);
    return added;
  }

  async setKey(id: string, key: string): Promise<void> {
    await this.#store(id, key);
    this.#changed.fire();
  }

  async activate(id: string): Promise<void> {
    this.#active = id;
    await this.#storage.state.update(LAST_KEY, id);
    this.#changed.fire();
  }

  /** Forgets an environment and its key, and hands out what it forgot. */
  async remove(id: string): Promise<Removed | undefined> {
    const environment = this.list().find((each) => each.id === id);
    if (environment === undefined) return undefined;
    const wasActive = this.#active === id;
    const key = await this.key(id);
    const rest = this.list().filter((each) => each.id !== id);
    if (wasActive) {
      this.#active = undefined;
      this.#seen = undefined;
    }
    this.#gone.add(id);
    this.#digests.set(id, digest(undefined));
    await this.#storage.state.update(LIST_KEY, rest);
    await this.#storage.secrets.delete(secretName(id));
    this.#changed.fire();
    return { environment, key, wasActive };
  }

  /** Brings back what was removed; another environment chosen meanwhile stays active. */
  async restore({ environment, key, wasActive }: Removed): Promise<void> {
    this.#gone.delete(environment.id);
    await this.#put(environment, key);
    if (wasActive && this.active() === undefined) await this.activate(environment.id);
    else this.#changed.fire();
  }

  /** Takes note that a key changed, here or in another window: with its key an environment comes and goes. */
  async keyChanged(secret: string): Promise<void> {
    if (!secret.startsWith(SECRET_PREFIX)) return;
    const id = secret.slice(SECRET_PREFIX.length);
    const key = await this.key(id);
    if (this.#digests.get(id) === digest(key)) return;
    this.#digests.set(id, digest(key));
    if (key === undefined) this.#gone.add(id);
    else this.#gone.delete(id);
    this.#changed.fire();
  }

  /** The list goes first: other windows look at it when they are told of the key. */
  async #put(environment: StoredEnvironment, key: string | undefined): Promise<void> {
    await this.#storage.state.update(LIST_KEY, [...this.list(), environment]);
    if (key !== undefined) await this.#store(environment.id, key);
  }

  async #store(id: string, key: string): Promise<void> {
    this.#digests.set(id, digest(key));
    await this.#storage.secrets.store(secretName(id), key);
  }
}

function secretName(id: string): string {
  return `${SECRET_PREFIX}${id}`;
}

function digest(key: string | undefined): string {
  return key === undefined ? '' : createHash('sha256').update(key).digest('base64');
}
