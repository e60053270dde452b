import { AppError } from '../shared/errors.ts';
import type { FromChild, ToChild } from './messages.ts';

/** What the host answers to a request. */
export type ToRequest = Extract<ToChild, { request: number }>;
type Request = Extract<FromChild, { request: number }>;

/** The isolate's requests to its host, each under a number of its own. */
export interface Exchange {
  number(): number;
  /** Sends and resolves with the host's answer; a refusal rejects as an AppError. `onWait` hears of waits before it. */
  ask(message: Request, onWait?: (message: string) => void): Promise<ToRequest>;
  /** Hands over what the host sent. */
  receive(message: ToRequest): void;
}

/** Pairs each request with its answer. */
export function createExchange(send: (message: FromChild) => void): Exchange {
  const waiting = new Map<number, (answer: ToRequest) => void>();
  let last = 0;
  return {
    number: () => {
      last += 1;
      return last;
    },
    ask: (message, onWait) => {
      const { promise, resolve, reject } = Promise.withResolvers<ToRequest>();
      waiting.set(message.request, (answer) => {
        if (answer.type === 'wait') {
          onWait?.(answer.message);
          return;
        }
        waiting.delete(message.request);
        if (answer.type === 'refusal') reject(new AppError(answer.error));
        else resolve(answer);
      });
      send(message);
      return promise;
    },
    receive: (answer) => waiting.get(answer.request)?.(answer),
  };
}
