import type { TokenScope } from '../../access/token-file.ts';
import type { Advice } from '../../gateway/advise.ts';
import { POLICY_DEFAULTS } from '../../gateway/defaults.ts';
import type { Gateway, Invoke } from '../../gateway/gateway.ts';
import { allows, type Policy } from '../../gateway/policy.ts';
import type { Observer } from '../../gateway/record.ts';
import { type Account, createRuntime, type Runtime, type RuntimeOptions } from '../../runtime.ts';
import { API } from '../../shared/api-origin.ts';
import { toAppError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Network } from '../../shared/network.ts';
import { tools } from '../../tools/registry.ts';
import { adviceFor } from './advice.ts';
import { type Environments, SAMPLE, type StoredEnvironment } from './environments.ts';
import type { SampleAddress } from './sample-account.ts';
import type { WriteAccess } from './write-access.ts';

const { withoutProgress, inAll } = POLICY_DEFAULTS.callSeconds;
const LIMITS = { idleMs: withoutProgress * 1_000, totalMs: inAll * 1_000 };
/** A person waits for it, so it is not tried for long. */
const TRIAL_LIMITS = { idleMs: 8_000, totalMs: 8_000 };

export interface AccountsOptions {
  readonly environments: Environments;
  readonly access: WriteAccess;
  readonly logger: Logger;
  readonly observers: readonly Observer[];
  /** How WorkOS is reached. Read for each call, so that a change holds at once. */
  readonly network: () => Network;
  /** Starts the sample account, or says where it runs already. */
  readonly sample: () => Promise<SampleAddress>;
  /** Where the tools run. */
  readonly executor: RuntimeOptions['executor'];
  readonly guards: Partial<Guards>;
  /** Records the calls. */
  readonly audit?: RuntimeOptions['audit'];
}

type Guarding = 'privacy' | 'killSwitch' | 'approvals' | 'lookout';

/** What guards every call of this window; each is read at each call. */
export interface Guards extends Required<Pick<RuntimeOptions, Guarding>> {
  /** Throws an AppError while what is offered is not what was accepted. */
  readonly requireLocked: () => void;
}

interface Opened {
  readonly account: Account;
  readonly advice: Advice;
  readonly network: Network;
  readonly gateway: Runtime;
}

/** The gateway of this window: every call goes to the environment that is active when it begins. */
export class Accounts implements Gateway {
  readonly #options: AccountsOptions;
  readonly #running = new Set<Promise<unknown>>();
  /** By id of the environment; each knows its rate limit and its open exports. */
  readonly #opened = new Map<string | undefined, Opened>();
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

  listTools(scope?: TokenScope) {
    const policy = this.#options.access.policy(this.#options.environments.active());
    return Object.values(tools).filter((tool) => allows(policy, tool, scope));
  }

  /** A gateway on an account that is not stored yet, to try a key. Whoever takes it closes it. */
  trial(account: Account): Runtime {
    const { network } = this.#options;
    const policy = this.#guarded(() => ({}));
    return createRuntime({
      ...this.#common(),
      account,
      network: network(),
      policy,
      limits: TRIAL_LIMITS,
      observers: [],
    });
  }

  #common() {
    const { logger, executor, guards, observers, audit } = this.#options;
    return { logger, executor, observers, audit, ...guards };
  }

  /** The sample account, started if it is not running. */
  startSample(): Promise<SampleAddress> {
    if (this.#sample !== undefined) return this.#sample;
    const starting = this.#options.sample();
    this.#sample = starting;
    // One that could not start is no reason not to try again.
    starting.catch(() => {
      if (this.#sample === starting) this.#sample = undefined;
    });
    return starting;
  }

  async close(): Promise<void> {
    const opened = [...this.#opened.values()];
    const starting = this.#sample;
    this.#sample = undefined;
    this.#opened.clear();
    await Promise.all(opened.map(({ gateway }) => gateway.close()));
    const sample = await starting?.catch(() => undefined);
    await sample?.close();
  }

  #failed(thrown: unknown) {
    this.#options.logger.error(`The account could not be opened: ${String(thrown)}`);
    return { ok: false as const, error: toAppError(thrown) };
  }

  async #gateway(environment: StoredEnvironment | undefined): Promise<Gateway> {
    const { access, environments } = this.#options;
    const account = await this.#account(environment);
    const advice = adviceFor(environment, environments.lost());
    const network = this.#options.network();
    const id = environment?.id;
    const known = this.#opened.get(id);
    if (known !== undefined && same(circumstances(known), { account, advice, network })) return known.gateway;
    const policy = this.#guarded(() => access.policy(environment));
    const gateway = createRuntime({ ...this.#common(), account, network, advice, policy, limits: LIMITS });
    if (known !== undefined) this.#retire(known);
    this.#forgetRemoved();
    this.#opened.set(id, { account, advice, network, gateway });
    return gateway;
  }

  #guarded(policy: () => Policy): () => Policy {
    return () => {
      this.#options.guards.requireLocked?.();
      return policy();
    };
  }

  #forgetRemoved(): void {
    const ids = new Set<string | undefined>(this.#options.environments.list().map(({ id }) => id));
    for (const [id, known] of this.#opened) {
      if (ids.has(id) || id === SAMPLE.id) continue;
      this.#opened.delete(id);
      this.#retire(known);
    }
  }

  /** Closes a gateway once the calls that run now have ended. */
  #retire({ gateway }: Opened): void {
    void this.settled().then(() => gateway.close());
  }

  async #account(environment: StoredEnvironment | undefined): Promise<Account> {
    if (environment === undefined)
      return { baseUrl: API, apiKey: undefined, name: 'No environment', kind: 'staging' };
    const { id, name, kind, baseUrl } = environment;
    if (id === SAMPLE.id) {
      const { url, apiKey } = await this.startSample();
      return { baseUrl: url, apiKey, name, kind };
    }
    return { baseUrl, apiKey: await this.#options.environments.key(id), name, kind };
  }
}

function circumstances({ account, advice, network }: Opened) {
  return { account, advice, network };
}

function same<T extends object>(one: T, other: T): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
