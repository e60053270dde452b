import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { isRecord } from '../shared/json.ts';
import { type Counted, estimated, ESTIMATING, type TokenCounter } from './tokens.ts';

/** More work than this in the queue is estimated. */
const MOST_WAITING = 32;
/** The tokenizer takes 80 MB: it goes when it had nothing to do for so long. */
const IDLE_MS = 60_000;

interface Job {
  readonly texts: readonly string[];
  readonly done: (counted: Counted) => void;
}

/** Counts in a thread of its own, which is started by the first text and keeps no process alive. Estimates where the file is not there, or fails. */
export function createWorkerCounter(file: string, idleMs = IDLE_MS): TokenCounter {
  return existsSync(file) ? new WorkerCounter(file, idleMs) : ESTIMATING;
}

class WorkerCounter implements TokenCounter {
  readonly #file: string;
  readonly #idleMs: number;
  readonly #jobs = new Map<number, Job>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;
  #over = false;

  constructor(file: string, idleMs: number) {
    this.#file = file;
    this.#idleMs = idleMs;
  }

  async count(texts: readonly string[]): Promise<Counted> {
    if (this.#over || this.#jobs.size >= MOST_WAITING) return estimated(texts);
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    this.#last += 1;
    const id = this.#last;
    return new Promise((done) => {
      this.#jobs.set(id, { texts, done });
      worker.postMessage({ id, texts }, []);
    });
  }

  async close(): Promise<void> {
    this.#over = true;
    await this.#stop();
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
