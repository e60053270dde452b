import { AsyncLocalStorage } from 'node:async_hooks';
import { WorkOS } from '@workos-inc/node';
import { AppError } from '../shared/errors.ts';
import { answerError, parseJson } from './errors.ts';
import { createExportMemory } from './export-memory.ts';
import { createPort } from './operations.ts';
import type { WorkosPort } from './port.ts';
import type { Read } from './records.ts';
import { createShare } from './share.ts';
import type { ApiResponse, Http } from './transport.ts';

/** What a call brings along: when to stop, and whom to tell of waits. */
export interface CallScope {
  readonly signal: AbortSignal;
  readonly progress: (progress: { message: string }) => void;
  /** Its requests let those of others go first. */
  readonly yields?: boolean;
}

export interface WorkosClient {
  /** The account, for one call: its requests stop when the call does. */
  forCall(scope: CallScope): WorkosPort;
}

/** Query values; arrays are sent comma-joined, absent ones not at all. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface RequestOptions {
  /** Requests with the same key share a rate limit. */
  readonly rateKey?: string | undefined;
  /** For POST: repeating it does no harm. */
  readonly repeatable?: boolean;
}

/** The verbs operations are written in. Answers are read; anything else is an AppError. */
export interface Requests {
  get<T>(path: string, query: Query, read: Read<T>, options?: RequestOptions): Promise<T>;
  post<T>(path: string, body: object, read: Read<T>, options?: RequestOptions): Promise<T>;
  download(url: string): Promise<ReadableStream<Uint8Array>>;
}

interface Scope extends CallScope, RequestOptions {}

/** The SDK wants a key to start; the real one is put in on the way out. */
const PLACEHOLDER_KEY = 'sk_placeholder';
/** Later than any limit of ours: the SDK's own timer never decides. */
const SDK_TIMEOUT_MS = 600_000;

/** The WorkOS account over the official SDK, whose requests go out through `http`. */
export function createWorkosClient({ baseUrl, http }: { baseUrl: string; http: Http }): WorkosClient {
  const scopes = new AsyncLocalStorage<Scope>();
  const { hostname, port, protocol } = new URL(baseUrl);
  const sdk = new WorkOS(PLACEHOLDER_KEY, {
    apiHostname: hostname,
    https: protocol === 'https:',
    ...(port !== '' && { port: Number(port) }),
    timeout: SDK_TIMEOUT_MS,
    maxRetries: 0,
    fetchFn: createFetch(http, scopes),
  });
  const within = async <T>(scope: Scope, read: Read<T>, work: () => Promise<{ data: unknown }>) => {
    const { data } = await scopes.run(scope, work).catch((thrown: unknown) => {
      // The SDK wraps what the fetch function throws.
      throw thrown instanceof Error && thrown.cause instanceof AppError ? thrown.cause : thrown;
    });
    try {
      return read(data);
    } catch (cause) {
      throw badResponse(cause);
    }
  };
  const exports = createExportMemory();
  return {
    forCall: (scope) => {
      const requests: Requests = {
        get: (path, query, read, options) =>
          within({ ...scope, ...options, repeatable: true }, read, () =>
            sdk.get(path, { query: joined(query) }),
          ),
        post: (path, body, read, options) =>
          within({ ...scope, ...options }, read, () => sdk.post(path, body, {})),
        download: (url) => http.download(url, scope.signal),
      };
      return createPort(requests, exports);
    },
  };
}

function createFetch(http: Http, scopes: AsyncLocalStorage<Scope>): typeof fetch {
  const share = createShare<ApiResponse>();
  return async (input, init) => {
    const scope = scopes.getStore();
    if (scope === undefined)
      throw new AppError({ code: 'INTERNAL', message: 'A request left outside of a call.' });
    const { href: url, pathname } = new URL(input instanceof Request ? input.url : input);
    const onWait = (message: string) => scope.progress({ message });
    const send = async (signal: AbortSignal, tell: (message: string) => void) => {
      const answer = await http.api({
        method: init?.method === 'POST' ? 'POST' : 'GET',
        url,
        body: typeof init?.body === 'string' ? init.body : undefined,
        repeatable: scope.repeatable ?? false,
        rateKey: scope.rateKey,
        yields: scope.yields,
        signal,
        onWait: tell,
      });
      if (answer.status < 200 || answer.status >= 300) throw answerError(pathname, answer);
      if (parseJson(answer.text) === undefined) throw badResponse();
      return answer;
    };
    const { status, text } = await (init?.method === 'POST'
      ? send(scope.signal, onWait)
      : share(url, { signal: scope.signal, onWait }, send));
    return new Response(text, { status, headers: { 'content-type': 'application/json' } });
  };
}

function joined(query: Query): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      if (value === undefined) return [];
      return [[name, typeof value === 'object' ? value.join(',') : value]];
    }),
  );
}

function badResponse(cause?: unknown): AppError {
  return new AppError(
    {
      code: 'BAD_RESPONSE',
      message: 'WorkOS answered with something that is not the JSON its API promises.',
      hint: 'Check WORKOS_API_BASE_URL and any proxy in between, then try again.',
    },
    { cause },
  );
}
