import type { KillSwitch } from '../../access/kill-switch.ts';
import { type LockGuard, lockMismatch } from './lock-guard.ts';

/** Why nothing is served: somebody pressed the kill switch, a decoy was seen, or what is offered is not what was accepted. */
export type Halt = 'stopped' | 'quarantined' | 'locked';

/** Knows whether this window may serve anybody. */
export class Serving {
  readonly #kill: Pick<KillSwitch, 'state'>;
  readonly #lock: Pick<LockGuard, 'refusal' | 'known'>;

  constructor(kill: Pick<KillSwitch, 'state'>, lock: Pick<LockGuard, 'refusal' | 'known'>) {
    this.#kill = kill;
    this.#lock = lock;
  }

  /** Why nothing is served now. */
  halt(): Halt | undefined {
    return this.#stop() ?? (this.#lock.refusal() === undefined ? undefined : 'locked');
  }

  /** The same as far as it is known: compares nothing with a lockfile, so that it takes no time. */
  known(): Halt | undefined {
    return this.#stop() ?? (this.#lock.known === undefined ? undefined : 'locked');
  }

  #stop(): Halt | undefined {
    const state = this.#kill.state();
    if (!state.stopped) return undefined;
    return state.sighting === undefined ? 'stopped' : 'quarantined';
  }

  /** True while nothing is served. */
  readonly halted = (): boolean => this.halt() !== undefined;

  /** Throws while what is offered is not what was accepted; of the kill switch the gateway tells itself. */
  readonly requireLocked = (): void => {
    if (this.#lock.refusal() !== undefined) throw lockMismatch();
  };
}
