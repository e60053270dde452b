import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../shared/errors.ts';
import { abortError } from '../shared/wait.ts';
import type { Draft } from '../tools/tool.ts';
import { AnsweredRequests } from './answer-requests.ts';
import { type DeathCause, IsolateDeath, outcomeUnknown } from './death.ts';
import type { Job, JobScope, Surroundings } from './executor.ts';
import type { IsolateLimits } from './limits.ts';
import { Link } from './link.ts';
import type { FromChild, ToChild } from './messages.ts';
import { readMessage } from './read-message.ts';
import type { RunningCall } from './running-call.ts';
import type { Program } from './spawn.ts';
import { Watch } from './watch.ts';

/** An aborted call that has sent a write says so before the caller's patience ends. */
const LAST_WORD_MS = 200;

export interface IsolateOptions {
  readonly program: Program;
  readonly surroundings: Surroundings;
  readonly limits: IsolateLimits;
  /** Told when it ends without being closed. */
  readonly died?: (cause: DeathCause) => void;
}

/** One isolate: a process that runs jobs until it ends, is ended, or breaks a limit. */
export class IsolateProcess {
  /** The decoy key in it. */
  readonly bait: string | undefined;
  readonly #options: IsolateOptions;
  readonly #calls = new Map<number, RunningCall>();
  readonly #requests: AnsweredRequests;
  readonly #ready = Promise.withResolvers<{ permission: boolean }>();
  readonly #startTimer: NodeJS.Timeout;
  readonly #early: ToChild[] = [];
  readonly #link: Link;
  #watch: Watch | undefined;
  #last = 0;
  #death: DeathCause | undefined;

  constructor(options: IsolateOptions) {
    this.#options = options;
    const { program, surroundings, limits } = options;
    const { http, baseUrl, lookout } = surroundings;
    this.bait = lookout?.decoyKey();
    this.#requests = new AnsweredRequests({ http, send: (message) => this.#send(message) });
    this.#startTimer = setTimeout(() => this.#end('start'), limits.startMs);
    this.#ready.promise.catch(() => undefined);
    this.#link = new Link({
      program,
      hello: { type: 'start', baseUrl, bait: this.bait },
      line: limits.line,
      receive: (line) => this.#receive(readMessage(line, lookout, (call) => this.#calls.get(call)?.tool)),
      broken: () => this.#end('protocol'),
      ended: () => this.#end(this.#watch === undefined ? 'start' : 'died'),
    });
  }

  /** Whether the runtime's permission model is on; rejects with an IsolateDeath if the process can't start. */
  get ready(): Promise<{ readonly permission: boolean }> {
    return this.#ready.promise;
  }

  get busy(): boolean {
    return this.#calls.size > 0;
  }

  get alive(): boolean {
    return this.#death === undefined;
  }

  /** Runs a job. Rejects with an IsolateDeath if the process ends before it. */
  run(job: Job, { signal, progress, confirm }: JobScope): Promise<Draft<unknown>> {
    if (this.#death !== undefined) return Promise.reject(new IsolateDeath(this.#death, false));
    this.#last += 1;
    const call = this.#last;
    const within: RunningCall['within'] = AsyncLocalStorage.snapshot();
    const { promise, resolve, reject } = Promise.withResolvers<Draft<unknown>>();
    const { tool } = job;
    const running: RunningCall = {
      tool,
      confirm,
      yields: job.lean,
      sent: false,
      resolve,
      reject,
      progress,
      within,
      timers: [],
    };
    this.#calls.set(call, running);
    this.#watch?.start();
    this.#send({ type: 'call', call, job, asks: confirm !== undefined });
    const abort = () => this.#abort(call, running, abortError(signal));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  /** Ends the process; calls that run in it reject. Resolves once it is gone. */
  close(): Promise<void> {
    this.#end('closed');
    return this.#link.gone();
  }

  #end(cause: DeathCause): void {
    if (this.#death !== undefined) return;
    this.#death = cause;
    if (cause !== 'closed') this.#options.died?.(cause);
    clearTimeout(this.#startTimer);
    this.#watch?.stop();
    this.#link.kill();
    this.#ready.reject(new IsolateDeath(cause, false));
    this.#requests.cancelAll();
    for (const { reject, sent, timers } of this.#calls.values()) {
      for (const timer of timers) clearTimeout(timer);
      reject(new IsolateDeath(cause, sent));
    }
    this.#calls.clear();
  }

  #send(message: ToChild): void {
    if (this.#watch === undefined) this.#early.push(message);
    else this.#link.send(message);
  }

  #becomeReady(permission: boolean): void {
    if (this.#watch !== undefined) throw new TypeError('Ready twice.');
    clearTimeout(this.#startTimer);
    this.#watch = new Watch(this.#options.limits, {
      pid: this.#link.accept(),
      ping: () => this.#send({ type: 'ping' }),
      end: (cause) => this.#end(cause),
    });
    for (const message of this.#early.splice(0)) this.#send(message);
    if (this.busy) this.#watch.start();
    this.#ready.resolve({ permission });
  }

  /** Throws for what breaks the rules. */
  #receive(message: FromChild): void {
    this.#watch?.message();
    if (message.type === 'ready') this.#becomeReady(message.permission);
    else if (message.type === 'result') this.#finish(message.call)?.resolve(message.draft);
    else if (message.type === 'failure') this.#finish(message.call)?.reject(new AppError(message.error));
    else if (message.type === 'fault') this.#finish(message.call)?.reject(new Error(message.text));
    else if (message.type === 'progress') this.#progress(message.call, message.progress);
    else if (message.type === 'pong') this.#watch?.pong(message.rss);
    else if (message.type === 'more') this.#requests.more(message.request);
    else if (message.type === 'cancel') this.#requests.cancel(message.request);
    else this.#answer(message);
  }

  #answer(message: Parameters<AnsweredRequests['answer']>[0]): void {
    if (this.#requests.size >= this.#options.limits.requests * Math.max(1, this.#calls.size))
      throw new RangeError('Too many requests at once.');
    const running = this.#calls.get(message.call);
    const answer = () => this.#requests.answer(message, running);
    if (running === undefined) answer();
    else running.within(answer);
  }

  #progress(call: number, progress: Parameters<JobScope['progress']>[0]): void {
    const running = this.#calls.get(call);
    try {
      running?.within(() => running.progress(progress));
    } catch (thrown) {
      // Whoever listens refuses to: that ends the call, as it would without a process in between.
      running?.reject(thrown);
    }
  }

  #finish(call: number): RunningCall | undefined {
    const running = this.#calls.get(call);
    for (const timer of running?.timers ?? []) clearTimeout(timer);
    this.#calls.delete(call);
    if (!this.busy) {
      this.#watch?.stop();
      this.#requests.cancelAll();
    }
    return running;
  }

  /** A call that was aborted has to end, with it the process if it doesn't. */
  #abort(call: number, running: RunningCall, error: AppError): void {
    this.#send({ type: 'abort', call, error: error.toJSON() });
    if (this.#watch === undefined) return;
    running.timers.push(
      setTimeout(() => running.sent && running.reject(outcomeUnknown(error)), LAST_WORD_MS),
      setTimeout(() => this.#end('stuck'), this.#options.limits.abortMs),
    );
  }
}
