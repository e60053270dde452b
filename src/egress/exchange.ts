import type { Readable } from 'node:stream';

/** One HTTP request to the exchange's origin. */
export interface Sent {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** The answer may have this many bytes, unpacked. */
  readonly maxBytes: number;
  /** What asks is called, for errors: `WorkOS`. */
  readonly who: string;
  readonly signal: AbortSignal;
}

/** The answer, as soon as its head is there. Whoever takes it reads the body or destroys it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readable;
}

/** Sends a request and follows no redirect. Throws NotConnected when nothing was sent. */
export type Exchange = (url: URL, sent: Sent) => Promise<Answer>;

/** A request and how it was answered; without a status it was not. */
export interface Exchanged {
  readonly method: Sent['method'];
  readonly url: URL;
  readonly status?: number;
  readonly requestId?: string;
}

/** An exchange that tells of each request once its answer begins, or none comes. */
export function telling(exchange: Exchange, tell: (exchanged: Exchanged) => void): Exchange {
  return async (url, sent) => {
    const { method } = sent;
    try {
      const answer = await exchange(url, sent);
      const requestId = answer.headers.get('x-request-id');
      tell({ method, url, status: answer.status, ...(requestId !== null && { requestId }) });
      return answer;
    } catch (thrown) {
      tell({ method, url });
      throw thrown;
    }
  };
}
