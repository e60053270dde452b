import { join } from 'node:path';
import type { StateDir } from '../access/state-dir.ts';
import { createJournal } from '../metrics/journal.ts';
import { Meter } from '../metrics/meter.ts';
import { DEFAULT_PRICES } from '../metrics/prices.ts';
import { createWorkerCounter } from '../metrics/worker-counter.ts';
import type { Logger } from '../shared/logger.ts';
import { THIS_PROCESS } from '../shared/running.ts';

/** Lies beside this program where it was installed whole; copied alone, it estimates. */
const TOKENIZER = join(__dirname, 'token-counter.js');

/** Measures this process, and keeps what `stats` tells. */
export function meterProcess(dir: StateDir, logger: Logger): Meter {
  return new Meter({
    process: THIS_PROCESS,
    counter: createWorkerCounter(TOKENIZER),
    prices: DEFAULT_PRICES,
    sink: createJournal(dir, logger),
    logger,
  });
}
