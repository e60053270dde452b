import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { DeathCause } from './death.ts';
import type { IsolateLimits } from './limits.ts';

interface Watched {
  readonly pid: number | undefined;
  readonly ping: () => void;
  readonly end: (cause: DeathCause) => void;
}

const RSS_MS = 50;
const BEATS = 10;

/** Watches an isolate while calls run in it. Its timers keep this process alive meanwhile. */
export class Watch {
  readonly #limits: IsolateLimits;
  readonly #watched: Watched;
  #timers: NodeJS.Timeout[] = [];
  #unanswered = 0;
  #messages = 0;

  constructor(limits: IsolateLimits, watched: Watched) {
    this.#limits = limits;
    this.#watched = watched;
  }

  start(): void {
    if (this.#timers.length > 0) return;
    this.#unanswered = 0;
    this.#messages = 0;
    this.#timers = [setInterval(() => this.#beat(), this.#limits.stuckMs / BEATS)];
    if (process.platform === 'linux') this.#timers.push(setInterval(() => this.#look(), RSS_MS));
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  /** Counts a message of the isolate. */
  message(): void {
    this.#messages += 1;
    if (this.#messages > this.#limits.messages) this.#watched.end('protocol');
  }

  /** The isolate answered a ping and says how much it takes. */
  pong(rss: number): void {
    this.#unanswered = 0;
    this.#judge(rss);
  }

  /** Beats are counted, not time: a machine that slept or a busy host is no fault of the isolate. */
  #beat(): void {
    this.#messages = 0;
    if (this.#unanswered >= BEATS) this.#watched.end('stuck');
    else if (this.#unanswered === 0) this.#watched.ping();
    this.#unanswered += 1;
    if (process.platform === 'darwin') this.#askSystem();
  }

  #look(): void {
    try {
      const status = readFileSync(`/proc/${this.#watched.pid}/status`, 'latin1');
      this.#judge(Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) * 1_024);
    } catch {
      // It has just ended.
    }
  }

  #askSystem(): void {
    execFile('/bin/ps', ['-o', 'rss=', '-p', String(this.#watched.pid)], (error, kilobytes) => {
      if (error === null) this.#judge(Number(kilobytes) * 1_024);
    });
  }

  #judge(rss: number): void {
    if (rss > this.#limits.rss) this.#watched.end('memory');
  }
}
