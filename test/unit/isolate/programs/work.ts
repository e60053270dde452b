import type { LoadWork } from '../../../../src/isolate/child.ts';
import { createWork as createRealWork } from '../../../../src/isolate/work.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { sleep } from '../../../../src/shared/wait.ts';
import { attempt } from './attempts.ts';

type Load = Awaited<ReturnType<LoadWork>>;

/** What a thief finds: every text in the environment, on the global object and on its process. */
const loot = () => {
  const found = globalThis as unknown as Record<string, Record<string, unknown> | undefined>;
  const texts = Object.keys(found).filter((name) => typeof found[name] === 'string');
  return { texts, process: found['process'], frozen: Object.isFrozen(found['process']?.['env']) };
};

const hoard: unknown[] = [];
const bombs: Readonly<Record<string, () => unknown>> = {
  heap: () => {
    for (;;) hoard.push({ text: `${hoard.length}`.repeat(50) });
  },
  fill: () => {
    for (;;) hoard.push(Array.from({ length: 1_000_000 }).fill(hoard.length));
  },
  // Not more than a machine can bear, should nobody end it.
  buffers: async () => {
    for (let megabytes = 0; megabytes < 400; megabytes += 4) {
      hoard.push(new Uint8Array(4_000_000).fill(1));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return new Promise(() => undefined);
  },
  'buffers at once': () => {
    for (let megabytes = 0; megabytes < 400; megabytes += 8) hoard.push(new Uint8Array(8_000_000).fill(1));
    return new Promise(() => undefined);
  },
  loop: () => {
    for (;;) hoard.length = 0;
  },
  throw: () => {
    setImmediate(() => {
      throw new Error('nobody catches this');
    });
    return new Promise(() => undefined);
  },
  'long line': () => 'x'.repeat(40_000_000),
};

/** Jobs whose input says what to do; any other is a real one. */
export const createWork: Load['createWork'] = (surroundings) => {
  const real = createRealWork(surroundings);
  const run = async (act: string, { signal, progress, confirm }: Parameters<typeof real>[1]) => {
    if (act.startsWith('attempt ')) return attempt(act.slice('attempt '.length));
    if (act === 'loot') return loot();
    if (act === 'wait') return sleep(600_000, signal);
    if (act === 'deaf') return new Promise(() => undefined);
    if (act === 'slow') return sleep(300, signal).then(() => 'slow');
    if (act === 'refuse') throw new AppError({ code: 'NOT_FOUND', message: 'No.', hint: 'Look.' });
    if (act === 'fault') throw new TypeError('unforeseen');
    if (act === 'ask') return confirm?.('Sure?');
    if (act === 'tell') progress({ message: 'half', done: 1, total: 2 });
    if (act === 'read a file' || act === 'begin a file') {
      const file = (await surroundings.http.download('https://exports.audit-logs.com/x', signal)).getReader();
      const read: number[] = [];
      for (let next = await file.read(); !next.done; next = await file.read()) {
        read.push(next.value.length);
        if (act === 'begin a file') return read;
      }
      return read.reduce((sum, length) => sum + length, 0);
    }
    if (act === 'chatter') for (;;) progress({ message: 'x' });
    return bombs[act]?.() ?? act;
  };
  return async (job, scope) => {
    const { act, ...input } = job.input as { act?: string };
    if (act === undefined) return real({ ...job, input }, scope);
    return { value: await run(act, scope) };
  };
};
