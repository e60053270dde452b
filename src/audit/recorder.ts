import type { StateDir } from '../access/state-dir.ts';
import { codeOf, StateError } from '../access/state-error.ts';
import { type ChainWriter, startChain, type Written } from './chain-writer.ts';
import { auditDirectory } from './directories.ts';
import type { Body } from './format.ts';
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
  readonly secret: (purpose: string) => Uint8Array;
}

interface Trouble {
  readonly since: Date;
  readonly reason: string;
  /** Not recorded, and not noted as missing yet. */
  lost: number;
  noted: number;
}

/** Keeps a chain in a state directory. */
export function createRecorder({ dir, master, about, warn, limits, now }: RecorderOptions): Recorder {
  const audit = auditDirectory(dir);
  let opened: { writer: ChainWriter; key: MasterKey } | undefined;
  let trouble: Trouble | undefined;
  let opening: Promise<void> | undefined;
  let nextTry = Number.NEGATIVE_INFINITY;

  const lose = (thrown: unknown, lost = 1) => {
    if (trouble === undefined) {
      trouble = { since: now(), reason: reasonOf(thrown), lost: 0, noted: 0 };
      warn(
        `The audit trail can't be written (${trouble.reason}): reading goes on unrecorded, changes are refused.`,
      );
    }
    trouble.lost += lost;
  };
  const tryOpen = async () => {
    try {
      dir.ensure();
      const key = await master();
      publishKey(dir, key);
      opened = { writer: startChain({ ...limits, audit, master: key, about, now }), key };
    } catch (thrown) {
      if (!isOfSystem(thrown)) throw thrown;
      nextTry = performance.now() + limits.retryMs;
      lose(thrown, 0);
    }
  };
  const chain = () => {
    if (opened !== undefined) return opened;
    throw new StateError('the audit trail is not open');
  };
  /** Says what is missing before going on. */
  const noteGap = (gap: Trouble) => {
    if (gap.lost === 0) return;
    const { since, reason, lost } = gap;
    const details = { since: since.toISOString(), reason, lost };
    chain().writer.write({ kind: 'event', body: { name: 'audit.gap', details } });
    gap.noted += lost;
    gap.lost = 0;
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
        const gap = trouble;
        if (gap !== undefined) noteGap(gap);
        const written = writer.write(make());
        // The note alone may have found room where nothing else does.
        trouble = undefined;
        if (gap !== undefined) warn(`The audit trail is written again; ${gap.noted} records are missing.`);
        return written;
      } catch (thrown) {
        lose(thrown);
        throw thrown;
      }
    },
    lose: (thrown) => lose(thrown),
    writer: () => opened?.writer,
    secret: (purpose) => chain().key.derive(purpose, chain().writer.chainId),
  };
}

function isOfSystem(thrown: unknown): boolean {
  return thrown instanceof StateError || codeOf(thrown).startsWith('E');
}

/** In words for a log: the system's code, or ours. */
function reasonOf(thrown: unknown): string {
  return thrown instanceof StateError ? thrown.message : codeOf(thrown);
}
