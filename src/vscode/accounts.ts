import type { Gateway, Invoke } from '../gateway/gateway.ts';
import { allows } from '../gateway/policy.ts';
import type { Observer } from '../gateway/record.ts';
import { type Account, createRuntime } from '../runtime.ts';
import type { Logger } from '../shared/logger.ts';
import { tools } from '../tools/registry.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from './environments.ts';
import { embeddedSample, type SampleAddress } from './sample-account.ts';
import type { WriteAccess } from './write-access.ts';

const LIMITS = { idleMs: 30_000, totalMs: 120_000 };
const API = 'https://api.workos.com';
const KEY_HINT =
  'Ask the person to run "WorkOS: Add Environment" or "WorkOS: Explore Sample Account" in VS Code.';

export interface AccountsOptions {
  readonly environments: Environments;
  readonly access: WriteAccess;
  readonly logger: Logger;
  readonly observers: readonly Observer[];
  /** A sample account that runs already; without it, one is started here when it is first used. */
  readonly hosted?: SampleAddress | undefined;
}

/** The gateway of this window: every call goes to the environment that is active when it begins. */
export class Accounts implements Gateway {
  readonly #options: AccountsOptions;
  #known: { readonly account: Account; readonly gateway: Gateway } | undefined;
  #sample: Promise<SampleAddress> | undefined;

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  readonly invoke: Invoke = async (...call) => (await this.#current()).invoke(...call);

  listTools() {
    const policy = this.#options.access.policy(this.#options.environments.active());
    return Object.values(tools).filter((tool) => allows(policy, tool));
  }

  /** A gateway on an account that is not stored yet, to try a key. */
  trial(account: Account): Gateway {
    const { logger } = this.#options;
    return createRuntime({ account, policy: () => ({}), limits: LIMITS, observers: [], logger });
  }

  /** The sample account, started if it is not running. */
  startSample(): Promise<SampleAddress> {
    const { hosted } = this.#options;
    this.#sample ??= hosted === undefined ? embeddedSample() : Promise.resolve(hosted);
    return this.#sample;
  }

  async close(): Promise<void> {
    await (await this.#sample)?.close();
  }

  async #current(): Promise<Gateway> {
    const { environments, access, logger, observers } = this.#options;
    const environment = environments.active();
    const account = await this.#account(environment);
    const known = this.#known;
    if (known?.account.baseUrl === account.baseUrl && known.account.apiKey === account.apiKey)
      return known.gateway;
    const policy = () => access.policy(environment);
    const gateway = createRuntime({ account, policy, limits: LIMITS, observers, logger });
    this.#known = { account, gateway };
    return gateway;
  }

  async #account(environment: StoredEnvironment | undefined): Promise<Account> {
    if (environment === undefined) {
      return { baseUrl: API, apiKey: undefined, name: 'No environment', kind: 'staging', keyHint: KEY_HINT };
    }
    const { id, name, kind, baseUrl } = environment;
    if (id === SAMPLE.id) {
      const { url, apiKey } = await this.startSample();
      return { baseUrl: url, apiKey, name, kind };
    }
    const apiKey = await this.#options.environments.key(id);
    return { baseUrl, apiKey, name, kind, keyHint: KEY_HINT };
  }
}
