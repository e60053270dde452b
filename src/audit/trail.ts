import type { KeyObject } from 'node:crypto';
import { keepCheckpoint } from './checkpoint-file.ts';
import type { Body, EventName } from './format.ts';
import { keepHouse } from './housekeeping.ts';
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts';
import type { Draft } from './seal.ts';
import { TRAIL_LIMITS, type TrailLimits } from './trail-limits.ts';

/** What nobody waits for is flushed together with what comes in this time; until then the system has it, and no end of this process loses it. */
const FLUSH_MS = 50;

/** Derives this chain's secret for a purpose. */
export type ChainSecret = (purpose: string) => KeyObject;

/** The records of this process. */
export interface Trail {
  /**
   * Records something before it happens: it is written when this resolves, and survives a loss of power if
   * `durable`. Answers its number; rejects when it can't be recorded.
   */
  before(make: (secret: ChainSecret) => Draft, durable: boolean): Promise<number>;
  /** Records something that happened: off the way of whoever tells, unless `atOnce`. What can't be recorded is counted. */
  after(make: () => Draft, atOnce?: boolean): void;
  /** Records an event; resolves once it is on disk, or counted as lost. */
  event(name: EventName, details?: Body): Promise<void>;
  /** Records what was handed out; resolves as `event` does. */
  exported(details: Body): Promise<void>;
  /** Records the end and closes the file. */
  close(): Promise<void>;
  /** The file that is written now, if there is one. */
  file(): string | undefined;
}

export interface TrailOptions extends Omit<RecorderOptions, 'limits' | 'now'> {
  readonly limits?: Partial<TrailLimits>;
  readonly now?: () => Date;
}

/** Opens the trail. A disk that can't be written is told through `warn` and tried again; a wrong passphrase throws. */
export async function openTrail({
  limits,
  now = () => new Date(),
  ...options
}: TrailOptions): Promise<Trail> {
  const all = { ...TRAIL_LIMITS, ...limits };
  const recorder = createRecorder({ ...options, limits: all, now });
  await recorder.open();
  const writer = recorder.writer();
  if (writer !== undefined)
    await keepHouse({ writer, recorder, now: now(), retentionMs: all.retentionMs, warn: options.warn });
  const checkpoints = checkpointing(recorder, all, now);
  const flushes = flushing(recorder);
  const { drain, soon, add } = queueing(recorder, checkpoints.leaveIfDue);
  const refuse = (thrown: unknown): never => {
    recorder.lose(thrown);
    throw thrown;
  };
  return {
    before: async (make, durable) => {
      if (recorder.writer() === undefined) await recorder.open();
      drain();
      const { record } = recorder.write(() => make(recorder.secret));
      if (durable) await recorder.writer()?.sync().catch(refuse);
      else void soon().then(flushes.later);
      return record.seq;
    },
    after: (make, atOnce = false) => {
      const settled = add(make);
      if (atOnce && recorder.writer() !== undefined) drain();
      void settled.then(flushes.later);
    },
    event: (name, details = {}) => add(() => ({ kind: 'event', body: { name, details } })).then(flushes.now),
    exported: (details) => add(() => ({ kind: 'export', body: details })).then(flushes.now),
    close: async () => {
      await soon().then(flushes.now);
      await checkpoints.leaveLast().catch(() => undefined);
      recorder.writer()?.close();
    },
    file: () => recorder.writer()?.file(),
  };
}

/** What waits to be written, in its order, and writes it: at once, or once the work at hand is done. */
function queueing(recorder: Recorder, leaveIfDue: () => Promise<void>) {
  let queue: (() => Draft)[] = [];
  let settling: Promise<void> | undefined;
  const drain = () => {
    const drafts = queue;
    queue = [];
    for (const make of drafts) attempt(() => recorder.write(make));
  };
  const settle = async () => {
    await recorder.open();
    drain();
    // What fails is tried again when the next one is due.
    await leaveIfDue().catch(() => undefined);
  };
  const soon = () => {
    settling ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      settling = undefined;
      return settle().catch(recorder.lose);
    });
    return settling;
  };
  const add = (make: () => Draft) => {
    queue.push(make);
    return soon();
  };
  return { drain, soon, add };
}

/** Gets what was written through a loss of power: at once, or together with what else comes soon. */
function flushing(recorder: Recorder) {
  let timer: NodeJS.Timeout | undefined;
  const now = async () => {
    clearTimeout(timer);
    timer = undefined;
    await recorder.writer()?.sync().catch(recorder.lose);
  };
  return { now, later: () => void (timer ??= setTimeout(() => void now(), FLUSH_MS).unref()) };
}

/** Leaves checkpoints now and then, and one at the end. */
function checkpointing(recorder: Recorder, limits: TrailLimits, now: () => Date) {
  let last = { time: now().getTime(), seq: 0 };
  const leave = async (kind: 'checkpoint' | 'stop') => {
    const written = recorder.write(() => ({ kind, body: {} }));
    last = { time: now().getTime(), seq: written.record.seq };
    const writer = recorder.writer();
    if (writer === undefined) return;
    // First on disk, then vouched for: a crash in between must not look like a cut.
    await writer.sync();
    keepCheckpoint(writer.audit, written, writer.chainId);
  };
  return {
    leaveIfDue: async () => {
      const writer = recorder.writer();
      if (writer === undefined) return;
      const records = writer.seq() - last.seq - 1;
      const waited = now().getTime() - last.time;
      if (records < limits.checkpointRecords && (records === 0 || waited < limits.checkpointMs)) return;
      await leave('checkpoint');
    },
    leaveLast: () => leave('stop'),
  };
}

/** What fails was counted where it failed. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // The next record that can be written says how many are missing.
  }
}
