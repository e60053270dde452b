import type { Logger } from '../shared/logger.ts';
import { describeRecovery, type Recovered, type Recovery } from '../shared/recovery.ts';

/** Logs each time that this window mended something by itself, and shows the person the first time of each kind. */
export function tellRecoveries(log: Pick<Logger, 'warn'>, show: (recovery: Recovery) => void): Recovered {
  const told = new Set<string>();
  return (recovery) => {
    log.warn(describeRecovery(recovery));
    const { what, pausedMs } = recovery;
    const kind = `${what} ${pausedMs === undefined ? 'replaced' : 'paused'}`;
    if (told.has(kind)) return;
    told.add(kind);
    show(recovery);
  };
}
