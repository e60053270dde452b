import { createSecretKey, type KeyObject } from 'node:crypto';
import type { StateDir } from '../access/state-dir.ts';
import { codeOf, StateError } from '../access/state-error.ts';
import { THIS_PROCESS } from '../shared/running.ts';
import { type ChainWriter, startChain, type Written } from './chain-writer.ts';
import { auditDirectory } from './directories.ts';
import type { Body } from './format.ts';
import { createGap } from './gap.ts';
import { publishKey } from './key-files.ts';
import type { MasterKey } from './master-key.ts';
import type { Draft } from './seal.ts';
import type { TrailLimits } from './trail-limits.ts';

export interface RecorderOptions {
  readonly dir: StateDir;
  /** Opens the master key; tried again after a failure of the system. */
  readonly master: () => Promise<MasterKey>;
  /** What `start` records say of this process. */
  readonly about: () => Body;
  /** Told once when nothing can be recorded any more, and once when it can be again. */
  readonly warn: (message: string) => void;
  /** Told why, once, when nothing can be recorded any more. */
  readonly failed?: ((reason: string) => void) | undefined;
  readonly limits: TrailLimits;
  readonly now: () => Date;
}

/** A chain that may be out of reach for a while, and then says how much it missed. */
export interface Recorder {
  /** Opens the chain unless it is open or failed a moment ago. Throws what is not of the system, as a wrong passphrase. */
  open(): Promise<void>;
  /** Adds a record; counts it as lost and throws when that can't be done. */
  write(make: () => Draft): Written;
  /** Counts something that can't be recorded. */
  readonly lose: (thrown: unknown) => void;
  /** The writer, once there is one. */
  writer(): ChainWriter | undefined;
  /** A secret of this chain. Throws while it is not open. */
  readonly secret: (purpose: string) => KeyObject;
}

/** Keeps a chain in a state directory. */
export function createRecorder({ dir, master, about, warn, failed, limits, now }: RecorderOptions): Recorder {
  const audit = auditDirectory(dir);
  let opened: { writer: ChainWriter; key: MasterKey } | undefined;
  const gap = createGap(warn, now, failed);
  /** By purpose: they are the same as long as the chain is. */
  const secrets = new Map<string, KeyObject>();
  let opening: Promise<void> | undefined;
  let nextTry = Number.NEGATIVE_INFINITY;

  const tryOpen = async () => {
    try {
      dir.ensure();
      const key = await master();
      publishKey(dir, key);
      const whole = () => ({ ...about(), process: THIS_PROCESS });
      opened = { writer: startChain({ ...limits, audit, master: key, about: whole, now }), key };
    } catch (thrown) {
      if (!isOfSystem(thrown)) throw thrown;
      nextTry = performance.now() + limits.retryMs;
      gap.lose(thrown, 0);
    }
  };
  const chain = () => {
    if (opened !== undefined) return opened;
    throw new StateError('the audit trail is not open');
  };
  return {
    open: () => {
      if (opened !== undefined || performance.now() < nextTry) return Promise.resolve();
      opening ??= tryOpen().finally(() => (opening = undefined));
      return opening;
    },
    write: (make) => {
      try {
        const { writer } = chain();
        gap.note((draft) => void writer.write(draft));
        const written = writer.write(make());
        gap.end();
        return written;
      } catch (thrown) {
        gap.lose(thrown);
        throw thrown;
      }
    },
    lose: (thrown) => gap.lose(thrown),
    writer: () => opened?.writer,
    secret: (purpose) => {
      const { key, writer } = chain();
      const secret = secrets.get(purpose) ?? createSecretKey(key.derive(purpose, writer.chainId));
      secrets.set(purpose, secret);
      return secret;
    },
  };
}

function isOfSystem(thrown: unknown): boolean {
  return thrown instanceof StateError || codeOf(thrown).startsWith('E');
}
