/** What the API answers; `body` may be streamed in parts. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Iterable<string>;
}

/** One field a request got wrong. */
export interface FieldError {
  code: string;
  field: string;
}

/** A JSON answer. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** Ends a handler with an error answer. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`refused with status ${reply.status}`);
    this.reply = reply;
  }
}

/** An error answer with a message, and a code where WorkOS sends one. */
export function refusal(status: number, message: string, code?: string): Refusal {
  return new Refusal(json(status, code === undefined ? { message } : { message, code }));
}

/** A 422 that names the fields it is about. */
export function invalid(message: string, errors: readonly FieldError[]): Refusal {
  return new Refusal(json(422, { message, errors }));
}

/** A 404 in the words WorkOS uses. */
export function notFound(kind: string, id: string): Refusal {
  return refusal(404, `${kind} not found: '${id}'.`);
}
