import { CrashLoop, type CrashLoopLimits } from '../shared/crash-loop.ts';
import { AppError } from '../shared/errors.ts';
import type { Recovered } from '../shared/recovery.ts';
import { abortError } from '../shared/wait.ts';
import type { Draft } from '../tools/tool.ts';
import { tools } from '../tools/registry.ts';
import { crashing, type DeathCause, deathError, IsolateDeath, WORDS } from './death.ts';
import type { Executor, Job, JobScope, OpenExecutor, Surroundings } from './executor.ts';
import { IsolateProcess } from './isolate-process.ts';
import { ISOLATE_LIMITS, type IsolateLimits } from './limits.ts';
import { HEAP_MB, type Program } from './spawn.ts';

/** Isolates that run a single call again, at the same time. */
const MOST_ALONE = 2;

/** How isolates are made. */
export interface IsolatedOptions extends Program {
  /** Other limits than the usual ones. */
  readonly limits?: Partial<IsolateLimits>;
  /** Told what keeps the tools apart, each time an isolate has started. */
  readonly started?: (assurance: string) => void;
  /** Told when another isolate has replaced one that died, and when they die so often that none is started for a while. */
  readonly recovered?: Recovered;
  /** Other limits than the usual ones. */
  readonly loop?: Partial<CrashLoopLimits>;
}

/** Runs tools in a process of their own: started by the first call, warm afterwards, replaced when it dies. */
export function isolated({
  limits,
  started = () => undefined,
  recovered = () => undefined,
  loop,
  ...program
}: IsolatedOptions): OpenExecutor {
  return (surroundings) =>
    new IsolatedExecutor({
      program,
      surroundings,
      limits: { ...ISOLATE_LIMITS, ...limits },
      loop: new CrashLoop(loop),
      started,
      recovered,
    });
}

interface Options {
  readonly program: Program;
  readonly surroundings: Surroundings;
  readonly limits: IsolateLimits;
  readonly loop: CrashLoop;
  readonly started: (assurance: string) => void;
  readonly recovered: Recovered;
}

class IsolatedExecutor implements Executor {
  readonly #options: Options;
  readonly #alone = new Set<IsolateProcess>();
  readonly #waiting: (() => void)[] = [];
  #warm: IsolateProcess | undefined;
  #idle: NodeJS.Timeout | undefined;
  #died: DeathCause | undefined;
  #closed = false;
  #warned = false;

  constructor(options: Options) {
    this.#options = options;
  }

  readonly run = async (job: Job, scope: JobScope): Promise<Draft<unknown>> => {
    if (this.#closed) throw closed();
    const isolate = this.#warmOne();
    try {
      return await isolate.run(job, scope);
    } catch (thrown) {
      if (!(thrown instanceof IsolateDeath)) throw thrown;
      return await this.#afterDeath(thrown, job, scope);
    } finally {
      this.#rest(isolate);
    }
  };

  async assurance(): Promise<string> {
    const isolate = this.#warmOne();
    this.#rest(isolate);
    return assuranceOf(await isolate.ready);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    for (const next of this.#waiting.splice(0)) next();
    await Promise.all(
      [...(this.#warm ? [this.#warm] : []), ...this.#alone].map((isolate) => isolate.close()),
    );
  }

  /** The isolate that calls share. Throws while none is to be started. */
  #warmOne(): IsolateProcess {
    clearTimeout(this.#idle);
    // After a quarantine there are other decoys; calls that ran in it were aborted then.
    if (this.#warm?.bait !== this.#options.surroundings.lookout?.decoyKey()) void this.#warm?.close();
    if (this.#warm?.alive !== true) {
      const waitMs = this.#options.loop.waitMs();
      if (waitMs > 0) throw crashing(waitMs);
      const isolate = this.#start((cause) => this.#lost(cause));
      isolate.ready.then(
        (ready) => this.#tell(ready),
        () => undefined,
      );
      this.#warm = isolate;
    }
    return this.#warm;
  }

  #tell(ready: { readonly permission: boolean }): void {
    const { started, surroundings } = this.#options;
    const assurance = assuranceOf(ready);
    started(assurance);
    if (!ready.permission && !this.#warned) surroundings.logger.warn(`tools run in a ${assurance}`);
    this.#warned = true;
    if (this.#died !== undefined) this.#options.recovered({ what: 'isolate', why: WORDS[this.#died] });
    this.#died = undefined;
  }

  #lost(cause: DeathCause): void {
    this.#died = cause;
    const pausedMs = this.#options.loop.ended();
    if (pausedMs > 0) this.#options.recovered({ what: 'isolate', why: WORDS[cause], pausedMs });
  }

  #start(died: (cause: DeathCause) => void = () => undefined): IsolateProcess {
    const { program, surroundings, limits } = this.#options;
    return new IsolateProcess({ program, surroundings, limits, died });
  }

  /** Ends an isolate that nobody calls for long. */
  #rest(isolate: IsolateProcess): void {
    if (isolate.busy || isolate !== this.#warm || this.#closed) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (!isolate.busy) void isolate.close();
    }, this.#options.limits.idleMs).unref();
  }

  /** A read is run once more, in an isolate of its own: whichever call was to blame takes no other one with it twice. */
  async #afterDeath(death: IsolateDeath, job: Job, { signal, ...scope }: JobScope): Promise<Draft<unknown>> {
    const readOnly = tools[job.tool].annotations.readOnlyHint;
    this.#options.surroundings.logger.warn(`${job.tool}: ${death.message}`);
    if (death.sent) throw deathError(death, readOnly);
    if (this.#closed) throw closed();
    if (signal.aborted) throw abortError(signal);
    if (!readOnly) throw deathError(death, readOnly);
    return this.#runAlone(job, { signal, ...scope });
  }

  async #runAlone(job: Job, scope: JobScope): Promise<Draft<unknown>> {
    while (this.#alone.size >= MOST_ALONE && !this.#closed)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.#closed) throw closed();
    if (scope.signal.aborted) throw abortError(scope.signal);
    const isolate = this.#start();
    this.#alone.add(isolate);
    try {
      return await isolate.run(job, scope);
    } catch (thrown) {
      throw thrown instanceof IsolateDeath ? deathError(thrown, true) : thrown;
    } finally {
      await isolate.close();
      this.#alone.delete(isolate);
      this.#waiting.shift()?.();
    }
  }
}

function assuranceOf({ permission }: { readonly permission: boolean }): string {
  const model = permission ? 'permission model on' : 'permission model refused by this runtime';
  return `separate process, ${HEAP_MB} MB heap, ${model}`;
}

function closed(): AppError {
  return new AppError({ code: 'CANCELLED', message: 'The server is closing.' });
}
