import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { TestServer } from './server.ts';

/** An HTTP request as it is on the wire; nothing is added but what is said. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | readonly string[];
}

/** What came back. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Headers of a client that does everything right. */
export function goodHeaders({ port, token }: Pick<TestServer, 'port' | 'token'>): Record<string, string> {
  return {
    host: `127.0.0.1:${port}`,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
}

/** Sends one request on its own connection; a body in parts goes out chunked. */
export function rawRequest(port: number, options: RawRequest): Promise<RawResponse> {
  const { method = 'POST', path = '/mcp', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
      );
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    if (Array.isArray(body)) for (const part of body) outgoing.write(part);
    outgoing.end(typeof body === 'string' ? body : undefined);
  });
}

/** The JSON-RPC message of an answer, whether it came as JSON or as a stream of events. */
export function messagesOf({ body }: RawResponse): Record<string, unknown>[] {
  const lines = body.startsWith('{') ? [body] : body.split('\n').filter((line) => line.startsWith('data: '));
  return lines.map((line) => JSON.parse(line.replace(/^data: /, '')) as Record<string, unknown>);
}

/** Opens a session by hand and returns its id. */
export async function openSession(
  server: Pick<TestServer, 'port' | 'token'>,
  { id = 0, name = 'raw' }: { id?: number; name?: string } = {},
): Promise<string> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name, version: '1' } },
  });
  const response = await rawRequest(server.port, { headers: goodHeaders(server), body });
  const session = response.headers['mcp-session-id'];
  if (typeof session !== 'string') throw new Error(`No session: ${response.status} ${response.body}`);
  return session;
}

/** Opens the stream a client listens on, over a connection that is kept; tells when it is open, when it has ended, and when its socket is closed. */
export function openStream(server: Pick<TestServer, 'port' | 'token'>, session: string, path = '/mcp') {
  const agent = new Agent({ keepAlive: true });
  const headers = { ...goodHeaders(server), 'mcp-session-id': session, accept: 'text/event-stream' };
  const opened = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<string>();
  const outgoing = request({ host: '127.0.0.1', port: server.port, path, headers, agent });
  outgoing.on('response', (incoming) => {
    opened.resolve();
    incoming.on('error', () => undefined).resume();
    incoming.on('close', ended.resolve);
    incoming.socket.on('close', () => closed.resolve('closed'));
  });
  outgoing.on('error', opened.reject);
  outgoing.end();
  return { opened: opened.promise, ended: ended.promise, closed: closed.promise };
}

/** Calls a tool by hand within a session. */
export async function rawCall(
  server: Pick<TestServer, 'port' | 'token'>,
  session: string,
  call: { id: number; name: string; arguments: unknown },
): Promise<Record<string, unknown>> {
  const { id, ...params } = call;
  const response = await rawRequest(server.port, {
    headers: { ...goodHeaders(server), 'mcp-session-id': session },
    body: JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params }),
  });
  const answers = messagesOf(response).filter((message) => 'result' in message || 'error' in message);
  const [answer] = answers;
  if (answers.length !== 1 || answer === undefined) throw new Error(`Not one answer: ${response.body}`);
  return answer;
}

/** A session by hand, and requests in it that are right but for what a test changes; `undefined` drops a header. */
export async function openSender(server: Pick<TestServer, 'port' | 'token'>, body: string) {
  const session = await openSession(server);
  return (change: Omit<RawRequest, 'headers'> & { headers?: Record<string, string | undefined> }) => {
    const all = { ...goodHeaders(server), 'mcp-session-id': session, ...change.headers };
    const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const posts = (change.method ?? 'POST') === 'POST';
    return rawRequest(server.port, { ...(posts && { body }), ...change, headers: Object.fromEntries(kept) });
  };
}

/** Sends bytes as they are, and resolves with the first that come back. */
export function rawSocket(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => socket.write(text));
    socket.once('data', (chunk) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
