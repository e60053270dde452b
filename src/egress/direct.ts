import { type AgentOptions, ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { abortable } from '../shared/wait.ts';
import { bounded } from './body.ts';
import { connectError } from './connect-errors.ts';
import { connect, type Machine, type Route } from './connect.ts';
import type { Exchange } from './exchange.ts';
import { NotConnected } from './not-connected.ts';
import { bareHost } from './proxy.ts';

const POOL = { keepAlive: true, maxSockets: 16, maxFreeSockets: 4, timeout: 30_000 };

/** Requests to one origin over our own connections, each checked before the request is written to it. */
export function createDirectExchange(route: Route, machine: Machine): Exchange {
  const kept = agentOn(route, machine, POOL);
  // A write never goes over a used connection: were that closed meanwhile, its outcome would be unknown.
  const fresh = agentOn(route, machine, { keepAlive: false });
  const { protocol, port } = route.origin;
  return async ({ pathname, search }, { method, headers, body, signal, maxBytes, who }) => {
    const options = {
      protocol,
      host: bareHost(route.origin),
      ...(port !== '' && { port }),
      path: `${pathname}${search}`,
      method,
      headers: {
        ...headers,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      },
      agent: method === 'GET' ? kept : fresh,
      signal,
      // Node keeps `signal` from the agent.
      whileConnecting: signal,
    };
    // Not `http.request`: editors replace that function with one that puts its own agent in.
    const request = new ClientRequest(options);
    const incoming = await answerTo(request, body, { signal, who: route.origin.host });
    const { statusCode = 0 } = incoming;
    const answerHeaders = new Headers();
    for (const [name, values = []] of Object.entries(incoming.headersDistinct))
      for (const value of values) answerHeaders.append(name, value);
    const encoding = answerHeaders.get('content-encoding');
    return {
      status: statusCode,
      headers: answerHeaders,
      body: bounded(incoming, { encoding, maxBytes, who }),
    };
  };
}

async function answerTo(
  request: ClientRequest,
  body: string | undefined,
  { signal, who }: { signal: AbortSignal; who: string },
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  let connected = false;
  request.once('socket', () => (connected = true));
  request.once('response', resolve);
  request.on('error', reject);
  request.end(body);
  try {
    return await abortable(promise, signal);
  } catch (cause) {
    throw connected || cause instanceof NotConnected ? cause : connectError(who, cause);
  }
}

/** An agent whose sockets are those `connect` has checked. Idle ones do not keep the process alive. */
function agentOn(route: Route, machine: Machine, options: AgentOptions): HttpAgent {
  const agent = route.origin.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  agent.createConnection = (asked: object, done = () => undefined) => {
    const signal = 'whileConnecting' in asked ? asked.whileConnecting : undefined;
    const given = signal instanceof AbortSignal ? signal : new AbortController().signal;
    void handOver(connect(route, machine, given), done);
    return undefined;
  };
  return agent;
}

async function handOver(connecting: Promise<Socket>, done: (error: Error | null, socket: Socket) => void) {
  try {
    done(null, await connecting);
  } catch (thrown) {
    // Beside an error, the socket is not looked at.
    done(thrown instanceof Error ? thrown : new Error(String(thrown)), new Socket());
  }
}
