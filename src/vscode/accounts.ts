import type { Gateway, Invoke } from '../gateway/gateway.ts';
import { allows } from '../gateway/policy.ts';
import type { Observer } from '../gateway/record.ts';
import { type Account, createRuntime } from '../runtime.ts';
import { toAppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import { tools } from '../tools/registry.ts';
import { API } from './api-key.ts';
import { cleanLabel } from './clean-text.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from './environments.ts';
import { embeddedSample, type SampleAddress } from './sample-account.ts';
import type { WriteAccess } from './write-access.ts';

const LIMITS = { idleMs: 30_000, totalMs: 120_000 };
/** A person waits for it, so it is not tried for long. */
const TRIAL_LIMITS = { idleMs: 8_000, totalMs: 8_000 };

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
  readonly #running = new Set<Promise<unknown>>();
  #known:
    | { readonly account: Account; readonly id: string | undefined; readonly gateway: Gateway }
    | undefined;
  #sample: Promise<SampleAddress> | undefined;

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  readonly invoke: Invoke = (...call) => this.at(this.#options.environments.active())(...call);

  /** Calls that stay with one environment, whichever is active meanwhile. */
  at(environment: StoredEnvironment | undefined): Invoke {
    return async (...call) => {
      const outcome = this.#gateway(environment).then(
        ({ invoke }) => invoke(...call),
        (thrown: unknown) => this.#failed(thrown),
      );
      this.#running.add(outcome);
      try {
        return await outcome;
      } finally {
        this.#running.delete(outcome);
      }
    };
  }

  /** Resolves when the calls that are running now have ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  listTools() {
    const policy = this.#options.access.policy(this.#options.environments.active());
    return Object.values(tools).filter((tool) => allows(policy, tool));
  }

  /** A gateway on an account that is not stored yet, to try a key. */
  trial(account: Account): Gateway {
    const { logger } = this.#options;
    return createRuntime({ account, policy: () => ({}), limits: TRIAL_LIMITS, observers: [], logger });
  }

  /** The sample account, started if it is not running. */
  startSample(): Promise<SampleAddress> {
    const { hosted } = this.#options;
    this.#sample ??= hosted === undefined ? embeddedSample() : Promise.resolve(hosted);
    // One that could not start is no reason not to try again.
    this.#sample.catch(() => (this.#sample = undefined));
    return this.#sample;
  }

  async close(): Promise<void> {
    await (await this.#sample)?.close();
  }

  #failed(thrown: unknown) {
    this.#options.logger.error(`The account could not be opened: ${String(thrown)}`);
    return { ok: false as const, error: toAppError(thrown) };
  }

  async #gateway(environment: StoredEnvironment | undefined): Promise<Gateway> {
    const { access, logger, observers } = this.#options;
    const account = await this.#account(environment);
    const known = this.#known;
    if (known !== undefined && known.id === environment?.id && same(known.account, account))
      return known.gateway;
    const policy = () => access.policy(environment);
    const gateway = createRuntime({ account, policy, limits: LIMITS, observers, logger });
    this.#known = { account, id: environment?.id, gateway };
    return gateway;
  }

  async #account(environment: StoredEnvironment | undefined): Promise<Account> {
    const { environments } = this.#options;
    if (environment === undefined) {
      const keyHint = noEnvironment(environments.lost());
      return { baseUrl: API, apiKey: undefined, name: 'No environment', kind: 'staging', keyHint };
    }
    const { id, name, kind, baseUrl } = environment;
    if (id === SAMPLE.id) {
      const { url, apiKey } = await this.startSample();
      return { baseUrl: url, apiKey, name, kind };
    }
    const apiKey = await environments.key(id);
    const keyHint = `There is no key for the environment "${cleanLabel(name)}": ask the person to run "WorkOS: Set API Key" in VS Code.`;
    return { baseUrl, apiKey, name, kind, keyHint };
  }
}

function same(one: Account, other: Account): boolean {
  const parts = ['baseUrl', 'apiKey', 'name', 'kind', 'keyHint'] as const;
  return parts.every((part) => one[part] === other[part]);
}

/** What to do without an environment; where it was removed meanwhile, which one that was. */
function noEnvironment(lost: StoredEnvironment | undefined): string {
  if (lost === undefined)
    return 'Ask the person to run "WorkOS: Add Environment" or "WorkOS: Explore Sample Account" in VS Code.';
  return `The environment "${cleanLabel(lost.name)}" was removed: ask the person to run "WorkOS: Switch Environment" in VS Code.`;
}
