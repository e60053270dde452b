import type { Event, Memento, SecretStorage } from 'vscode';
import { randomUUID } from 'node:crypto';

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

/** What the store needs of VS Code. */
export interface EnvironmentStorage {
  readonly secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'>;
  readonly state: Pick<Memento, 'get' | 'update'>;
}

/** The environments of this user, and which of them is this window's. */
export class Environments {
  readonly #storage: EnvironmentStorage;
  readonly #changed: { readonly event: Event<void>; fire(): void };
  #active: string | undefined;

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

  list(): readonly StoredEnvironment[] {
    return this.#storage.state.get<StoredEnvironment[]>(LIST_KEY) ?? [];
  }

  /** This window's environment; a new window takes the last one used. */
  active(): StoredEnvironment | undefined {
    if (this.#active === SAMPLE.id) return SAMPLE;
    return this.list().find(({ id }) => id === this.#active);
  }

  async key(id: string): Promise<string | undefined> {
    return this.#storage.secrets.get(secretName(id));
  }

  /** Adds an environment with its key and makes it this window's. */
  async add(environment: Omit<StoredEnvironment, 'id'>, key: string): Promise<StoredEnvironment> {
    const added = { ...environment, id: randomUUID() };
    await this.#storage.secrets.store(secretName(added.id), key);
    await this.#storage.state.update(LIST_KEY, [...this.list(), added]);
    await this.activate(added.id);
    return added;
  }

  async setKey(id: string, key: string): Promise<void> {
    await this.#storage.secrets.store(secretName(id), key);
    this.#changed.fire();
  }

  async activate(id: string): Promise<void> {
    this.#active = id;
    await this.#storage.state.update(LAST_KEY, id);
    this.#changed.fire();
  }

  /** Forgets an environment and its key. */
  async remove(id: string): Promise<void> {
    await this.#storage.secrets.delete(secretName(id));
    await this.#storage.state.update(
      LIST_KEY,
      this.list().filter((environment) => environment.id !== id),
    );
    if (this.#active === id) this.#active = undefined;
    this.#changed.fire();
  }

  /** Tells listeners that a key changed elsewhere, as in another window. */
  keyChanged(secret: string): void {
    if (secret.startsWith(SECRET_PREFIX)) this.#changed.fire();
  }
}

const SECRET_PREFIX = 'workos.apiKey.';

function secretName(id: string): string {
  return `${SECRET_PREFIX}${id}`;
}
