import { codeOf, StateError } from '../access/state-error.ts';
import type { Draft } from './seal.ts';

/** What could not be recorded, from the first failure until something can be again. */
export interface Gap {
  /** Counts what could not be recorded; the first of them is warned of. */
  readonly lose: (thrown: unknown, count?: number) => void;
  /** Writes down how many records are missing, before the next one. */
  note(write: (draft: Draft) => void): void;
  /** Something was recorded. */
  end(): void;
}

interface Trouble {
  readonly since: Date;
  readonly reason: string;
  /** Not recorded, and not noted as missing yet. */
  lost: number;
  noted: number;
}

/** Counts what is missing; warns once at the begin of a gap and once at its end. */
export function createGap(
  warn: (message: string) => void,
  now: () => Date,
  failed: (reason: string) => void = () => undefined,
): Gap {
  let trouble: Trouble | undefined;
  return {
    lose: (thrown, count = 1) => {
      if (trouble === undefined) {
        trouble = { since: now(), reason: reasonOf(thrown), lost: 0, noted: 0 };
        warn(
          `The audit trail can't be written (${trouble.reason}): reading goes on unrecorded, changes are refused.`,
        );
        failed(trouble.reason);
      }
      trouble.lost += count;
    },
    note: (write) => {
      if (trouble === undefined || trouble.lost === 0) return;
      const { since, reason, lost } = trouble;
      const details = { since: since.toISOString(), reason, lost };
      write({ kind: 'event', body: { name: 'audit.gap', details } });
      trouble.noted += lost;
      trouble.lost = 0;
    },
    // Not by the note: it may find room where nothing else does.
    end: () => {
      if (trouble !== undefined)
        warn(`The audit trail is written again; ${trouble.noted} records are missing.`);
      trouble = undefined;
    },
  };
}

/** In words for a log: the system's code, or ours. */
function reasonOf(thrown: unknown): string {
  return thrown instanceof StateError ? thrown.message : codeOf(thrown);
}
