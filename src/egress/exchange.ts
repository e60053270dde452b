import type { Body } from './body.ts';

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
  readonly body: Body;
}

/** Sends a request and follows no redirect. Throws NotConnected when nothing was sent. */
export type Exchange = (url: URL, sent: Sent) => Promise<Answer>;

/** Told of a request before it goes out; what it returns is told of the answer, if one begins. */
export type OnRequest = (
  method: Sent['method'],
  url: URL,
) => (status: number, requestId: string | null) => void;

/** An exchange that tells of each request. */
export function telling(exchange: Exchange, tell: OnRequest): Exchange {
  return async (url, sent) => {
    const answered = tell(sent.method, url);
    const answer = await exchange(url, sent);
    answered(answer.status, answer.headers.get('x-request-id'));
    return answer;
  };
}
