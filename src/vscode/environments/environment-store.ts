import { createHash } from 'node:crypto';
import type { Memento, SecretStorage } from 'vscode';
import { type KeyedEnvironment, parseEnvironments, parseSecret, secretText } from './environment-data.ts';
import type { StoredEnvironment } from './environments.ts';

const LIST_KEY = 'workos.environments';
const SECRET_PREFIX = 'workos.apiKey.';

/** What the store needs of VS Code; some editors can't list the names of secrets. */
export interface EnvironmentStorage {
  readonly secrets: Pick<SecretStorage, 'get' | 'store' | 'delete'> & Partial<Pick<SecretStorage, 'keys'>>;
  readonly state: Pick<Memento, 'get' | 'update'>;
}

/**
 * The environments of this user, each kept whole in the secret that has its key. The list in the state is what a
 * window knows before it has read a secret, and it may be old: a window that updates its state writes all of it as it
 * last saw it, over what another one has written meanwhile.
 */
export class EnvironmentStore {
  readonly #storage: EnvironmentStorage;
  /** Environments known from their secrets: the list may not have them. */
  readonly #known = new Map<string, StoredEnvironment>();
  /** Environments whose secret was deleted, here or in another window: the list may still have them. */
  readonly #gone = new Set<string>();
  /** Digests of the secrets this window knows of: to tell news from echoes of its own writes. */
  readonly #digests = new Map<string, string>();

  constructor(storage: EnvironmentStorage) {
    this.#storage = storage;
  }

  /** All of them, read afresh: another window may have changed them. */
  list(): readonly StoredEnvironment[] {
    const all = [...this.#listed(), ...this.#known.values()];
    const byId = new Map(all.map((environment) => [environment.id, environment]));
    return [...byId.values()].filter(({ id }) => !this.#gone.has(id));
  }

  find(id: string | undefined): StoredEnvironment | undefined {
    return this.list().find((environment) => environment.id === id);
  }

  async key(id: string): Promise<string | undefined> {
    return parseSecret(id, await this.#storage.secrets.get(secretName(id)))?.key;
  }

  /** Finds environments that the list has lost, by their secrets; true when there were any. */
  async recover(): Promise<boolean> {
    const names = (await this.#storage.secrets.keys?.()) ?? [];
    const ids = names.filter((name) => name.startsWith(SECRET_PREFIX)).map(idOf);
    const lost = ids.filter((id) => this.find(id) === undefined);
    await Promise.all(lost.map((id) => this.#learn(id)));
    return lost.some((id) => this.find(id) !== undefined);
  }

  /** Looks at a secret that changed, here or in another window; true when that was news of an environment. */
  async secretChanged(secret: string): Promise<boolean> {
    return secret.startsWith(SECRET_PREFIX) && this.#learn(idOf(secret));
  }

  /** Keeps an environment, or its new key. */
  async store(keyed: KeyedEnvironment): Promise<void> {
    const { id } = keyed.environment;
    const text = secretText(keyed);
    await this.#storage.secrets.store(secretName(id), text);
    this.#note(id, text);
  }

  /** Lists an environment that has no key. */
  keepKeyless(environment: StoredEnvironment): void {
    this.#gone.delete(environment.id);
    this.#known.set(environment.id, environment);
  }

  async delete(id: string): Promise<void> {
    await this.#storage.secrets.delete(secretName(id));
    this.#note(id, undefined);
  }

  /** Brings the list in the state up to date. */
  async writeList(): Promise<void> {
    const list = this.list();
    if (JSON.stringify(list) !== JSON.stringify(this.#listed()))
      await this.#storage.state.update(LIST_KEY, list);
  }

  async #learn(id: string): Promise<boolean> {
    const text = await this.#storage.secrets.get(secretName(id));
    if (this.#digests.get(id) === digest(text)) return false;
    this.#note(id, text);
    return true;
  }

  #note(id: string, text: string | undefined): void {
    this.#digests.set(id, digest(text));
    const environment = parseSecret(id, text)?.environment;
    if (environment === undefined) this.#known.delete(id);
    else this.#known.set(id, environment);
    if (text === undefined) this.#gone.add(id);
    else this.#gone.delete(id);
  }

  #listed(): readonly StoredEnvironment[] {
    return parseEnvironments(this.#storage.state.get<unknown>(LIST_KEY));
  }
}

function secretName(id: string): string {
  return `${SECRET_PREFIX}${id}`;
}

function idOf(secret: string): string {
  return secret.slice(SECRET_PREFIX.length);
}

function digest(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('base64');
}
