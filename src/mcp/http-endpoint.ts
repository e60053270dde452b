import type { IncomingMessage, ServerResponse } from 'node:http';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Grant, TokenGate } from '../access/token-gate.ts';
import { readMessage } from './http-body.ts';
import { clientOf, endedToken } from './http-guard.ts';
import type { Lookout } from '../shared/lookout.ts';
import { type Refusal, sendRefusal } from './refusal.ts';
import type { Session, Sessions } from './sessions.ts';

const MAX_REQUESTS = 256;

/** Hands each request to its session. */
export class Endpoint {
  readonly #sessions: Sessions;
  readonly #gate: TokenGate | undefined;
  readonly #lookout: Lookout | undefined;
  #requests = 0;

  constructor(sessions: Sessions, gate: TokenGate | undefined, lookout: Lookout | undefined) {
    this.#sessions = sessions;
    this.#gate = gate;
    this.#lookout = lookout;
  }

  async handle(request: IncomingMessage, response: ServerResponse, grant: Grant | undefined): Promise<void> {
    if (request.method !== 'POST') {
      const session = this.#sessions.use(sessionId(request) ?? '', grant);
      if (session === undefined) sendRefusal(response, UNKNOWN_SESSION);
      else await session.transport.handleRequest(request, response);
      return;
    }
    if (this.#requests >= MAX_REQUESTS) {
      sendRefusal(response, BUSY);
      return;
    }
    this.#requests += 1;
    try {
      await this.#post(request, response, grant);
    } finally {
      this.#requests -= 1;
    }
  }

  async #post(request: IncomingMessage, response: ServerResponse, grant: Grant | undefined): Promise<void> {
    const message = await readMessage(request);
    if ('refusal' in message) sendRefusal(response, message.refusal);
    // A body may take its time to arrive.
    else if (grant !== undefined && this.#gate?.holds(grant) !== true)
      sendRefusal(response, endedToken('is not accepted any more'));
    else await this.#answer(request, response, { body: message.body, grant });
    // Whatever gets another status was looked at by its session.
    if (response.statusCode >= 400)
      this.#lookout?.look(message.text, 'the body of an HTTP request', clientOf(request));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    { body, grant }: { readonly body: object; readonly grant: Grant | undefined },
  ): Promise<void> {
    const answer = async ({ transport, server }: Session) => {
      await transport.handleRequest(request, response, body);
      // Only now is it known who initialized a session. What needs no answer is not counted.
      if (grant !== undefined && 'method' in body && 'id' in body)
        this.#gate?.count(grant, server.client().name);
    };
    const id = sessionId(request);
    if (id === undefined) {
      if (!isInitializeRequest(body)) sendRefusal(response, NO_SESSION);
      else if (!(await this.#sessions.open(answer, grant))) sendRefusal(response, BUSY);
      return;
    }
    const session = this.#sessions.use(id, grant);
    if (session === undefined) {
      sendRefusal(response, UNKNOWN_SESSION);
      return;
    }
    session.requests += 1;
    await answer(session).finally(() => (session.requests -= 1));
  }
}

const UNKNOWN_SESSION: Refusal = {
  status: 404,
  code: -32001,
  message: 'Session not found. Start a new one with an initialize request.',
};
const NO_SESSION: Refusal = {
  status: 400,
  message: 'Start with an initialize request; every later request carries its Mcp-Session-Id.',
};
const BUSY: Refusal = {
  status: 503,
  message: 'Too much at once. Try again.',
  headers: { 'retry-after': '1' },
};

function sessionId(request: IncomingMessage): string | undefined {
  return request.headersDistinct['mcp-session-id']?.[0];
}
