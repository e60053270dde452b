import type { Logger } from '../shared/logger.ts';
import { describeRecovery, type Recovered, type Recovery } from '../shared/recovery.ts';

export interface RecoveriesOptions {
  readonly log: Pick<Logger, 'warn'>;
  /** Keeps each of them. */
  readonly keep: Recovered;
  /** Shows one to the person. */
  readonly show: (recovery: Recovery) => void;
}

/** Keeps and logs each time that this window mended something by itself, and shows the person the first time of each kind. */
export function tellRecoveries({ log, keep, show }: RecoveriesOptions): Recovered {
  const told = new Set<string>();
  return (recovery) => {
    keep(recovery);
    log.warn(describeRecovery(recovery));
    const { what, pausedMs } = recovery;
    const kind = `${what} ${pausedMs === undefined ? 'replaced' : 'paused'}`;
    if (told.has(kind)) return;
    told.add(kind);
    show(recovery);
  };
}
