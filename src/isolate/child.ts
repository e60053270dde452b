import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError } from '../shared/errors.ts';
import { layBait } from './bait.ts';
import { createExchange } from './exchange.ts';
import type { Surroundings, Work } from './executor.ts';
import { lineReader } from '../shared/lines.ts';
import { lockDown } from './lock-down.ts';
import type { FromChild, ToChild } from './messages.ts';
import { askRemotely, type Bridge, createRemoteHttp } from './remote-http.ts';

/** Loads what runs jobs; nothing of it may be loaded before. */
export type LoadWork = () => Promise<{
  readonly createWork: (surroundings: Pick<Surroundings, 'baseUrl' | 'http'>) => Work;
}>;

/** Serves its host over stdin and stdout until stdin closes, with the system out of reach. */
export async function runChild(load: LoadWork): Promise<void> {
  const { stdin, stdout, memoryUsage, permission } = process;
  const exit = process.exit.bind(process);
  const nextTick = process.nextTick.bind(process);
  let unsent = '';
  const flush = () => {
    stdout.write(unsent);
    unsent = '';
  };
  const send = (message: FromChild) => {
    if (unsent === '') nextTick(flush);
    unsent += `${JSON.stringify(message)}\n`;
  };
  const current = new AsyncLocalStorage<number>();
  const exchange = createExchange(send);
  const bridge: Bridge = { exchange, send, call: () => current.getStore() ?? 0 };
  const calls = new Map<number, AbortController>();
  let work: Work | undefined;

  const seal = lockDown();
  const { createWork } = await load();
  seal();

  const run = async ({ call, job, asks }: Extract<ToChild, { type: 'call' }>) => {
    const controller = new AbortController();
    const { signal } = controller;
    calls.set(call, controller);
    try {
      if (work === undefined) throw new Error('A call came before the start.');
      const draft = await work(job, {
        signal,
        progress: (progress) => send({ type: 'progress', call, progress }),
        ...(asks && { confirm: (question: string) => askRemotely(bridge, question, signal) }),
      });
      send({ type: 'result', call, draft });
    } catch (thrown) {
      send(failure(call, thrown));
    } finally {
      calls.delete(call);
    }
  };
  const receive = (message: ToChild) => {
    if (message.type === 'start') {
      layBait(message.bait);
      work = createWork({ baseUrl: message.baseUrl, http: createRemoteHttp(bridge) });
      send({ type: 'ready', permission: permission !== undefined && !permission.has('fs.write') });
    } else if (message.type === 'call') void current.run(message.call, () => run(message));
    else if (message.type === 'abort') calls.get(message.call)?.abort(new AppError(message.error));
    else if (message.type === 'ping') send({ type: 'pong', rss: memoryUsage.rss() });
    else exchange.receive(message);
  };
  stdin.on('close', () => exit(0));
  stdout.on('error', () => exit(0));
  stdin.on(
    'data',
    lineReader(Number.MAX_SAFE_INTEGER, (line) => receive(JSON.parse(line))),
  );
}

function failure(call: number, thrown: unknown): FromChild {
  if (thrown instanceof AppError) return { type: 'failure', call, error: thrown.toJSON() };
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : typeof thrown;
  return { type: 'fault', call, text };
}
