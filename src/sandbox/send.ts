import type { ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind, Strike } from './faults.ts';
import { json, type Reply } from './reply.ts';

/** The answer a fault gives in place of the real one. */
export function faultReply(outcome: Strike['outcome']): Reply | undefined {
  if (outcome?.kind === 'status') return statusReply(outcome);
  if (outcome?.kind !== 'empty-200-html') return undefined;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '' };
}

function statusReply(fault: Extract<FaultKind, { kind: 'status' }>): Reply {
  const { status, body, headers = {} } = fault;
  const reason = STATUS_CODES[status] ?? 'Error';
  if (typeof body === 'string') {
    return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
  }
  if (body !== undefined || status < 500) return json(status, body ?? { message: reason }, headers);
  const page = `<html><head><title>${status} ${reason}</title></head><body><h1>${status} ${reason}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body: page };
}

/** Writes an answer, cut short or slowed down where a fault says so. */
export async function send(
  response: ServerResponse,
  reply: Reply,
  outcome: Strike['outcome'],
  signal: AbortSignal,
): Promise<void> {
  const { status, headers, body } = reply;
  if (typeof body !== 'string' && outcome === undefined) {
    response.writeHead(status, headers);
    await pipeline(Readable.from(body), response, { signal });
    return;
  }
  const bytes = Buffer.from(typeof body === 'string' ? body : [...body].join(''));
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
  if (outcome?.kind === 'truncate') {
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    response.write(half, () => response.socket?.destroy());
  } else if (outcome?.kind === 'trickle') {
    await trickle(response, bytes, outcome.chunkMs, signal);
  } else {
    response.end(bytes);
  }
}

async function trickle(
  response: ServerResponse,
  bytes: Buffer,
  pause: number,
  signal: AbortSignal,
): Promise<void> {
  response.flushHeaders();
  for (let place = 0; place < bytes.length && !response.destroyed; place += 1) {
    await sleep(pause, undefined, { signal });
    response.write(bytes.subarray(place, place + 1));
  }
  response.end();
}
