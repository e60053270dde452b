import { abortable } from '../shared/wait.ts';
import type { Http } from '../workos/transport.ts';
import type { Exchange, ToRequest } from './exchange.ts';
import type { FromChild } from './messages.ts';

export interface Bridge {
  readonly exchange: Exchange;
  readonly send: (message: FromChild) => void;
  /** The number of the call that is running. */
  readonly call: () => number;
}

/** The isolate's way out: it asks the host, which holds the key and the connections. */
export function createRemoteHttp(bridge: Bridge): Http {
  const { exchange, call } = bridge;
  return {
    // An aborted request is still waited for: the host knows whether it may have taken effect.
    api: async ({ method, url, body, rateKey, signal, onWait }) => {
      const request = exchange.number();
      const asked = exchange.ask({ type: 'api', call: call(), request, method, url, body, rateKey }, onWait);
      const forget = cancelWith(bridge, request, signal);
      const answer = await asked.finally(forget);
      if (answer.type !== 'answer') throw unexpected(answer);
      const { status, text, headers } = answer;
      return { status, text, headers: new Headers(headers.map(([name, value]) => [name, value])) };
    },
    download: async (url, signal) => {
      const request = exchange.number();
      const opened = exchange.ask({ type: 'download', call: call(), request, url });
      const forget = cancelWith(bridge, request, signal);
      await abortable(opened, signal);
      return new ReadableStream<Uint8Array>(
        {
          pull: async (controller) => {
            const answer = await abortable(exchange.ask({ type: 'more', request }), signal);
            if (answer.type === 'chunk') {
              controller.enqueue(Buffer.from(answer.base64, 'base64'));
              return;
            }
            forget();
            if (answer.type !== 'end') throw unexpected(answer);
            controller.close();
          },
          cancel: () => {
            forget();
            bridge.send({ type: 'cancel', request });
          },
        },
        { highWaterMark: 1 },
      );
    },
  };
}

/** Asks the person behind the client. */
export async function askRemotely(
  { exchange, call }: Bridge,
  question: string,
  signal: AbortSignal,
): Promise<boolean> {
  const request = exchange.number();
  const answer = await abortable(exchange.ask({ type: 'ask', call: call(), request, question }), signal);
  return answer.type === 'reply' && answer.yes;
}

/** Cancels the request when the signal fires; returns how to stop that. */
function cancelWith({ send }: Bridge, request: number, signal: AbortSignal): () => void {
  const cancel = () => send({ type: 'cancel', request });
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  return () => signal.removeEventListener('abort', cancel);
}

function unexpected({ type }: ToRequest): Error {
  return new Error(`The host answered with ${type}.`);
}
