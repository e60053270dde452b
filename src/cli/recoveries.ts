import type { Meter } from '../metrics/meter.ts';
import type { Logger } from '../shared/logger.ts';
import { describeRecovery, type Recovered } from '../shared/recovery.ts';

/** Counts what this process mended by itself, and tells it once; that something keeps ending is told each time. */
export function tellRecoveries(meter: Pick<Meter, 'event'>, logger: Logger): Recovered {
  let told = false;
  return (recovery) => {
    const cause = describeRecovery(recovery);
    if (recovery.pausedMs !== undefined) {
      meter.event({ kind: 'failure', cause });
      logger.error(cause);
      return;
    }
    meter.event({ kind: 'heal', cause });
    if (!told) logger.warn(`${cause} Nothing is left to do; further times are only counted.`);
    told = true;
  };
}
