import type { WorkspaceConfiguration } from 'vscode';
import type { Policy } from '../../gateway/policy.ts';
import { type Clock, SYSTEM_CLOCK } from '../endpoint/clock.ts';
import type { StoredEnvironment } from './environments.ts';

/** How long "Allow writes" lasts. */
export const WRITE_MINUTES = 15;
/** How often the time is looked at while writes are allowed: a timer alone would sleep with the machine. */
const LOOK_MS = 30_000;

/** What keeps an environment from being written to: the setting for all, or that it is production. */
export type WriteBlock = 'setting' | 'production' | undefined;

/** Decides whether the active environment may be written to: production only after a person has allowed it. */
export class WriteAccess {
  readonly #settings: () => Pick<WorkspaceConfiguration, 'get'>;
  readonly #changed: () => void;
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();
  #stopLooking: (() => void) | undefined;

  /** `changed` is called when writes are allowed or no longer are, and in between as time goes by. */
  constructor(
    settings: () => Pick<WorkspaceConfiguration, 'get'>,
    changed: () => void,
    clock: Clock = SYSTEM_CLOCK,
  ) {
    this.#settings = settings;
    this.#changed = changed;
    this.#clock = clock;
  }

  /** Allows writes to an environment for 15 minutes from now. */
  allow({ id }: StoredEnvironment): void {
    this.#until.set(id, this.#clock.now() + WRITE_MINUTES * 60_000);
    this.#stopLooking ??= this.#clock.every(LOOK_MS, () => this.#look());
    this.#changed();
  }

  /** Ends it early. Calls that have begun finish. */
  stop({ id }: StoredEnvironment): void {
    this.#until.delete(id);
    this.#rest();
    this.#changed();
  }

  /** When the writes a person has allowed end, in milliseconds since 1970. */
  until({ id }: StoredEnvironment): number | undefined {
    const end = this.#until.get(id);
    return end !== undefined && end > this.#clock.now() ? end : undefined;
  }

  /** Ids of the environments that a person has allowed writes to for now, sorted. */
  allowed(): readonly string[] {
    const now = this.#clock.now();
    return [...this.#until]
      .filter(([, end]) => end > now)
      .map(([id]) => id)
      .toSorted();
  }

  /** Why an environment may not be written to now. */
  block(environment: StoredEnvironment | undefined): WriteBlock {
    if (this.#settings().get<boolean>('readOnly') === true) return 'setting';
    if (environment?.kind !== 'production' || this.alwaysAllowed()) return undefined;
    return this.until(environment) === undefined ? 'production' : undefined;
  }

  /** True when the setting allows writes to production for good. */
  alwaysAllowed(): boolean {
    return this.#settings().get<boolean>('production.allowWrites') === true;
  }

  policy(environment: StoredEnvironment | undefined): Policy {
    const block = this.block(environment);
    return block === undefined ? {} : { readOnly: REASONS[block] };
  }

  dispose(): void {
    this.#until.clear();
    this.#rest();
  }

  #look(): void {
    for (const [id, end] of this.#until) if (end <= this.#clock.now()) this.#until.delete(id);
    this.#rest();
    this.#changed();
  }

  #rest(): void {
    if (this.#until.size > 0) return;
    this.#stopLooking?.();
    this.#stopLooking = undefined;
  }
}

const REASONS: Readonly<Record<NonNullable<WriteBlock>, NonNullable<Policy['readOnly']>>> = {
  setting: {
    reason: 'the setting workos.readOnly is on',
    hint: 'If the change is wanted, the person can turn the setting workos.readOnly off.',
  },
  production: {
    reason: 'a production environment is read-only until a person allows writes',
    hint: `If the change is wanted, the person can run "WorkOS: Allow Writes for ${WRITE_MINUTES} Minutes".`,
  },
};
