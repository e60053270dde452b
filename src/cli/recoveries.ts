import type { Logger } from '../shared/logger.ts';
import { describeRecovery, type Recovered } from '../shared/recovery.ts';

/** Keeps what this process mended by itself, and tells it once; that something keeps ending is told each time. */
export function tellRecoveries(keep: Recovered, logger: Logger): Recovered {
  let told = false;
  return (recovery) => {
    keep(recovery);
    const cause = describeRecovery(recovery);
    if (recovery.pausedMs !== undefined) {
      logger.error(cause);
      return;
    }
    if (!told) logger.warn(`${cause} Nothing is left to do; further times are only counted.`);
    told = true;
  };
}
