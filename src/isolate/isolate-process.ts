import { AsyncLocalStorage } from 'node:async_hooks';
import { Socket } from 'node:net';
import { AppError } from '../shared/errors.ts';
import { abortError } from '../shared/wait.ts';
import type { Draft } from '../tools/tool.ts';
import { AnsweredRequests, type RequestingCall } from './answer-requests.ts';
import { type DeathCause, IsolateDeath, outcomeUnknown } from './death.ts';
import type { Job, JobScope, Surroundings } from './executor.ts';
import { lineReader } from './lines.ts';
import type { FromChild, ToChild } from './messages.ts';
import { parseMessage } from './parse-message.ts';
import { BAD_FLAG, type Child, FLAGS, type Program, spawnProgram } from './spawn.ts';
import { Watch, type WatchLimits } from './watch.ts';

/** What an isolate may take, and how long it may; times in milliseconds. */
export interface IsolateLimits extends WatchLimits {
  /** Bytes of one message. */
  readonly line: number;
  /** Requests that wait for an answer, per running call. */
  readonly requests: number;
  /** From its start until it is ready. */
  readonly startMs: number;
  /** For ending a call that was aborted. */
  readonly abortMs: number;
}

/** An aborted call that has sent a write says so before the caller's patience ends. */
const LAST_WORD_MS = 200;

interface RunningCall extends RequestingCall {
  readonly resolve: (draft: Draft<unknown>) => void;
  readonly reject: (thrown: unknown) => void;
  readonly progress: JobScope['progress'];
  readonly within: <R>(work: () => R) => R;
  readonly timers: NodeJS.Timeout[];
}

export interface IsolateOptions {
  readonly program: Program;
  readonly surroundings: Surroundings;
  readonly limits: IsolateLimits;
}

/** One isolate: a process that runs jobs until it ends, is ended, or breaks a limit. */
export class IsolateProcess {
  readonly #options: IsolateOptions;
  readonly #calls = new Map<number, RunningCall>();
  readonly #requests: AnsweredRequests;
  readonly #ready = Promise.withResolvers<{ permission: boolean }>();
  readonly #gone = Promise.withResolvers<void>();
  readonly #startTimer: NodeJS.Timeout;
  readonly #early: ToChild[] = [];
  #child: Child;
  #watch: Watch | undefined;
  #strictness = 0;
  #last = 0;
  #death: DeathCause | undefined;

  constructor(options: IsolateOptions) {
    this.#options = options;
    const { http } = options.surroundings;
    this.#requests = new AnsweredRequests({ http, send: (message) => this.#send(message) });
    this.#startTimer = setTimeout(() => this.#end('start'), options.limits.startMs);
    this.#ready.promise.catch(() => undefined);
    this.#child = this.#spawn();
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
    this.#end('died');
    // Its end is worth waiting for.
    this.#child.ref();
    return this.#gone.promise;
  }

  #spawn(): Child {
    const { program, surroundings, limits } = this.#options;
    const child = spawnProgram(program, this.#strictness);
    // What keeps this process alive is the watch, while there are calls.
    child.unref();
    for (const pipe of [child.stdin, child.stdout]) if (pipe instanceof Socket) pipe.unref();
    const read = lineReader(limits.line, (line) => this.#receive(parseMessage(line)));
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.#death !== undefined) return;
      try {
        read(chunk);
      } catch {
        this.#end('protocol');
      }
    });
    child.stdin.on('error', () => undefined);
    child.on('error', () => this.#ended(undefined));
    child.on('close', (code) => this.#ended(code));
    child.stdin.write(`${JSON.stringify({ type: 'start', baseUrl: surroundings.baseUrl })}\n`);
    return child;
  }

  /** A runtime that does not know a flag ends at once; then the next, less strict set is tried. */
  #ended(code: number | null | undefined): void {
    const starting = this.#watch === undefined;
    if (this.#death === undefined && starting && code === BAD_FLAG && this.#strictness < FLAGS.length - 1) {
      this.#strictness += 1;
      this.#child = this.#spawn();
      return;
    }
    this.#end(starting ? 'start' : 'died');
    this.#gone.resolve();
  }

  #end(cause: DeathCause): void {
    if (this.#death !== undefined) return;
    this.#death = cause;
    clearTimeout(this.#startTimer);
    this.#watch?.stop();
    this.#child.kill('SIGKILL');
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
    else if (this.#death === undefined) this.#child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #becomeReady(permission: boolean): void {
    const { pid } = this.#child;
    if (this.#watch !== undefined || pid === undefined) throw new TypeError('Ready twice.');
    clearTimeout(this.#startTimer);
    this.#watch = new Watch(this.#options.limits, {
      pid,
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
    switch (message.type) {
      case 'ready':
        this.#becomeReady(message.permission);
        break;
      case 'result':
        this.#finish(message.call)?.resolve(message.draft);
        break;
      case 'failure':
        this.#finish(message.call)?.reject(new AppError(message.error));
        break;
      case 'fault':
        this.#finish(message.call)?.reject(new Error(message.text));
        break;
      case 'progress':
        this.#progress(message.call, message.progress);
        break;
      case 'pong':
        this.#watch?.pong(message.rss);
        break;
      case 'more':
        this.#requests.more(message.request);
        break;
      case 'cancel':
        this.#requests.cancel(message.request);
        break;
      default:
        this.#answer(message);
    }
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

  #abort(call: number, running: RunningCall, error: AppError): void {
    this.#send({ type: 'abort', call, error: error.toJSON() });
    if (this.#watch === undefined) return;
    running.timers.push(
      setTimeout(() => running.sent && running.reject(outcomeUnknown(error)), LAST_WORD_MS),
      setTimeout(() => this.#end('stuck'), this.#options.limits.abortMs),
    );
  }
}
