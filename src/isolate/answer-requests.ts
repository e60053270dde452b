import { AppError, toAppError } from '../shared/errors.ts';
import type { ToolName } from '../tools/registry.ts';
import type { Http } from '../workos/transport.ts';
import { isRepeatable } from './allowed-requests.ts';
import type { JobScope } from './executor.ts';
import type { FromChild, ToChild } from './messages.ts';

/** A call, as far as its requests are concerned. */
export interface RequestingCall {
  readonly tool: ToolName;
  readonly confirm: JobScope['confirm'];
  /** Its requests let those of others go first. */
  readonly yields: boolean;
  /** Set once a request that must not be repeated goes out. */
  sent: boolean;
}

type Message = Extract<FromChild, { request: number }>;
type Reader = ReadableStreamDefaultReader<Uint8Array>;

interface Open {
  readonly abort: AbortController;
  reader?: Reader;
}

interface RequestOptions {
  readonly http: Http;
  readonly send: (message: ToChild) => void;
}

/** Answers what the isolate asks for: API requests, files chunk by chunk, questions to the person. */
export class AnsweredRequests {
  readonly #options: RequestOptions;
  readonly #open = new Map<number, Open>();

  constructor(options: RequestOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Throws a TypeError for a number that is in use. Whatever else goes wrong is the answer. */
  answer(message: Exclude<Message, { type: 'more' | 'cancel' }>, call: RequestingCall | undefined): void {
    const { request } = message;
    if (this.#open.has(request)) throw new TypeError('The number of a request is in use.');
    const open: Open = { abort: new AbortController() };
    this.#open.set(request, open);
    this.#work(message, call, open).catch((thrown: unknown) => this.#refuse(request, thrown));
  }

  /** Sends the next chunk of a file. */
  more(request: number): void {
    this.#nextChunk(request).catch((thrown: unknown) => this.#refuse(request, thrown));
  }

  cancel(request: number): void {
    const open = this.#open.get(request);
    open?.abort.abort();
    if (open?.reader === undefined) return;
    this.#open.delete(request);
    open.reader.cancel().catch(() => undefined);
  }

  /** Drops everything: nobody waits for it any more. */
  cancelAll(): void {
    for (const request of this.#open.keys()) this.cancel(request);
    this.#open.clear();
  }

  async #work(
    message: Parameters<AnsweredRequests['answer']>[0],
    call: RequestingCall | undefined,
    open: Open,
  ): Promise<void> {
    const { request } = message;
    const { http, send } = this.#options;
    const { signal } = open.abort;
    if (call === undefined)
      throw new AppError({ code: 'INTERNAL', message: 'A request left outside of a call.' });
    if (message.type === 'download') {
      const file = await http.download(message.url, signal);
      open.reader = file.getReader();
      send({ type: 'opened', request });
      return;
    }
    if (message.type === 'ask') {
      const yes = (await call.confirm?.(message.question)) ?? false;
      this.#done(request, { type: 'reply', request, yes });
      return;
    }
    const { method, url, body, rateKey } = message;
    const repeatable = isRepeatable(call.tool, message, call.sent);
    if (!repeatable) call.sent = true;
    const onWait = (text: string) => send({ type: 'wait', request, message: text });
    const { status, headers, text } = await http.api({
      method,
      url,
      body,
      rateKey,
      yields: call.yields,
      repeatable,
      signal,
      onWait,
    });
    // The one header that tools understand.
    const retry = headers.get('retry-after');
    this.#done(request, {
      type: 'answer',
      request,
      status,
      text,
      headers: retry === null ? [] : [['retry-after', retry]],
    });
  }

  async #nextChunk(request: number): Promise<void> {
    const reader = this.#open.get(request)?.reader;
    if (reader === undefined) throw new AppError({ code: 'INTERNAL', message: 'No file is open.' });
    const { done, value } = await reader.read();
    if (done) this.#done(request, { type: 'end', request });
    else this.#options.send({ type: 'chunk', request, base64: Buffer.from(value).toString('base64') });
  }

  #refuse(request: number, thrown: unknown): void {
    this.#done(request, { type: 'refusal', request, error: toAppError(thrown).toJSON() });
  }

  #done(request: number, message: ToChild): void {
    this.#open.delete(request);
    this.#options.send(message);
  }
}
