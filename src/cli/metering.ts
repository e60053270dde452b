import { join } from 'node:path';
import type { StateDir } from '../access/state-dir.ts';
import { createJournal } from '../metrics/journal.ts';
import { processLabel } from '../metrics/labels.ts';
import { Meter } from '../metrics/meter.ts';
import { DEFAULT_PRICES } from '../metrics/prices.ts';
import { createWorkerCounter } from '../metrics/worker-counter.ts';
import type { Logger } from '../shared/logger.ts';

/** Lies beside this program where it was installed whole; copied alone, it estimates. */
const TOKENIZER = join(__dirname, 'token-counter.js');

/** Measures this process, and keeps what `stats` tells. */
export function meterProcess(dir: StateDir, logger: Logger): Meter {
  const startedAt = new Date(Date.now() - process.uptime() * 1000);
  return new Meter({
    process: processLabel(process.pid, startedAt),
    counter: createWorkerCounter(TOKENIZER),
    prices: DEFAULT_PRICES,
    sink: createJournal(dir, logger),
  });
}
