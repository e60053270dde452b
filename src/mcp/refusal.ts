import type { ServerResponse } from 'node:http';

/** A request that is not served, and why. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** JSON-RPC error code; -32000, "server error", where none fits better. */
  readonly code?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a JSON-RPC error that belongs to no request. Never adds a CORS header. */
export function sendRefusal(
  response: ServerResponse,
  { status, message, code = -32000, headers }: Refusal,
): void {
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null });
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body);
}
