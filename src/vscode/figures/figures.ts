import type { KillSwitch } from '../../access/kill-switch.ts';
import type { StateDir } from '../../access/state-dir.ts';
import { KILLED } from '../../metrics/event-causes.ts';
import type { FeedEntry } from '../../metrics/feed.ts';
import { createJournal } from '../../metrics/journal.ts';
import { Meter } from '../../metrics/meter.ts';
import { pastFiles } from '../../metrics/past-files.ts';
import type { MetricsSource } from '../../metrics/past.ts';
import type { Prices } from '../../metrics/prices.ts';
import type { Report } from '../../metrics/report.ts';
import { createWorkerCounter } from '../../metrics/worker-counter.ts';
import type { Logger } from '../../shared/logger.ts';
import { THIS_PROCESS } from '../../shared/running.ts';

export interface FiguresOptions {
  readonly dir: StateDir;
  readonly kill: Pick<KillSwitch, 'onChange'>;
  readonly prices: Prices;
  /** The file of the token counter; where it is not, tokens are estimated. */
  readonly tokenizer: string;
  readonly logger: Logger;
}

/** What is known of all processes of this user, and of the latest calls of this window. */
export interface FiguresNow {
  readonly report: Report;
  readonly prices: Prices;
  /** Oldest first. */
  readonly feed: readonly FeedEntry[];
  /** Why other processes' figures could not be read. */
  readonly problem?: string;
}

/** Measures this window, and tells the figures of all processes. Reads no file before somebody asks. */
export class Figures {
  /** For whoever has something to tell: observes calls, takes events and sessions. */
  readonly meter: Meter;
  readonly #prices: Prices;
  readonly #others: MetricsSource;
  readonly #logger: Logger;
  readonly #unhear: () => void;
  #reading: Promise<string | undefined> | undefined;

  constructor({ dir, kill, prices, tokenizer, logger }: FiguresOptions) {
    this.#prices = prices;
    this.#logger = logger;
    this.#others = pastFiles(dir, THIS_PROCESS);
    this.meter = new Meter({
      process: THIS_PROCESS,
      counter: createWorkerCounter(tokenizer),
      prices,
      sink: createJournal(dir, logger),
      logger,
    });
    this.#unhear = kill.onChange(({ stopped }) => {
      if (stopped) this.meter.event(KILLED);
    });
  }

  /** Reads what others did since it was asked last. */
  async now(): Promise<FiguresNow> {
    // A record read by two at once would count twice.
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    const problem = await this.#reading;
    const { meter } = this;
    const found = { report: meter.report(), prices: this.#prices, feed: meter.feed.entries() };
    return problem === undefined ? found : { ...found, problem };
  }

  dispose(): void {
    this.#unhear();
    this.meter.close().catch((thrown: unknown) => this.#logger.warn(String(thrown)));
  }

  async #read(): Promise<string | undefined> {
    try {
      await this.meter.rebuild(this.#others);
      return undefined;
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : String(thrown);
    }
  }
}
