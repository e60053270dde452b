import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { isRecord } from '../shared/json.ts';
import { type Counted, estimated, ESTIMATING, type TokenCounter } from './tokens.ts';

/** More work than this in the queue is estimated. */
const MOST_WAITING = 64;
/** Calls go first: texts are counted once none has come for so long. */
const QUIET_MS = 250;
/** The tokenizer takes 80 MB: it goes when it had nothing to do for so long. */
const IDLE_MS = 60_000;

interface Job {
  readonly texts: readonly string[];
  readonly done: (counted: Counted) => void;
  /** The thread has it. */
  sent: boolean;
}

/** Counts in a thread of its own, started by the first text and, like what waits for it, keeping no process alive; while calls follow each other it does not run. Estimates where the file is not there, or fails. */
export function createWorkerCounter(file: string, idleMs = IDLE_MS): TokenCounter {
  return existsSync(file) ? new WorkerCounter(file, idleMs) : ESTIMATING;
}

class WorkerCounter implements TokenCounter {
  readonly #file: string;
  readonly #idleMs: number;
  readonly #jobs = new Map<number, Job>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #last = 0;
  #over = false;

  constructor(file: string, idleMs: number) {
    this.#file = file;
    this.#idleMs = idleMs;
  }

  async count(texts: readonly string[]): Promise<Counted> {
    if (this.#over || this.#jobs.size >= MOST_WAITING) return estimated(texts);
    clearTimeout(this.#idle);
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#send(), QUIET_MS).unref();
    this.#last += 1;
    const id = this.#last;
    return new Promise((done) => this.#jobs.set(id, { texts, done, sent: false }));
  }

  async close(): Promise<void> {
    this.#over = true;
    await this.#stop();
  }

  #send(): void {
    const worker = (this.#worker ??= this.#start());
    for (const [id, job] of this.#jobs) {
      if (job.sent) continue;
      job.sent = true;
      worker.postMessage({ id, texts: job.texts }, []);
    }
  }

  /** Knows nothing of the process it runs in: no variables, so no key. */
  #start(): Worker {
    const worker = new Worker(this.#file, { env: {}, execArgv: [], name: 'token-counter' });
    worker.unref();
    worker.on('message', (message: unknown) => this.#take(message));
    // One that fails or ends by itself would do so again.
    worker.on('error', () => void this.close());
    worker.on('exit', () => {
      if (this.#worker === worker) void this.close();
    });
    return worker;
  }

  #take(message: unknown): void {
    if (!isRecord(message)) return;
    const { id, counts } = message;
    const job = typeof id === 'number' ? this.#jobs.get(id) : undefined;
    if (job === undefined || typeof id !== 'number') return;
    this.#jobs.delete(id);
    job.done(isNumbers(counts) ? { counts, exact: true } : estimated(job.texts));
    if (this.#jobs.size > 0) return;
    this.#idle = setTimeout(() => void this.#stop(), this.#idleMs).unref();
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#idle);
    clearTimeout(this.#quiet);
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { texts, done } of this.#jobs.values()) done(estimated(texts));
    this.#jobs.clear();
    await worker?.terminate();
  }
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}
