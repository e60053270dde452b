import { z } from 'zod';
import type { ErrorCode } from '../shared/errors.ts';
import type { Json } from '../shared/json.ts';
import type { FromChild } from './messages.ts';

/** Every code, so that a new one is missed by the compiler and not by a caller. */
const CODES: Readonly<Record<ErrorCode, ErrorCode>> = {
  NO_API_KEY: 'NO_API_KEY',
  INVALID_API_KEY: 'INVALID_API_KEY',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  AMBIGUOUS: 'AMBIGUOUS',
  CONFLICT: 'CONFLICT',
  INVALID_INPUT: 'INVALID_INPUT',
  INVALID_CURSOR: 'INVALID_CURSOR',
  READ_ONLY: 'READ_ONLY',
  OUT_OF_SCOPE: 'OUT_OF_SCOPE',
  APPROVAL_REQUIRED: 'APPROVAL_REQUIRED',
  STOPPED: 'STOPPED',
  DECLINED: 'DECLINED',
  RATE_LIMITED: 'RATE_LIMITED',
  TIMEOUT: 'TIMEOUT',
  NETWORK: 'NETWORK',
  UPSTREAM_ERROR: 'UPSTREAM_ERROR',
  BAD_RESPONSE: 'BAD_RESPONSE',
  OUTCOME_UNKNOWN: 'OUTCOME_UNKNOWN',
  CANCELLED: 'CANCELLED',
  INTERNAL: 'INTERNAL',
  LOCK_MISMATCH: 'LOCK_MISMATCH',
  AUDIT_UNAVAILABLE: 'AUDIT_UNAVAILABLE',
};

const number = z.int().nonnegative();
const text = z.string();
const call = { call: number };
const request = { request: number };

const fromChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), permission: z.boolean() }),
  z.object({
    type: z.literal('result'),
    ...call,
    draft: z.object({
      value: z.unknown(),
      // It came out of JSON.parse.
      positions: z.exactOptional(z.array(z.custom<Json>(() => true))),
      binding: z.exactOptional(text),
    }),
  }),
  z.object({
    type: z.literal('failure'),
    ...call,
    error: z.object({ code: z.enum(CODES), message: text, hint: z.exactOptional(text) }),
  }),
  z.object({ type: z.literal('fault'), ...call, text }),
  z.object({
    type: z.literal('progress'),
    ...call,
    progress: z.object({
      message: text,
      done: z.exactOptional(z.number()),
      total: z.exactOptional(z.number()),
    }),
  }),
  z.object({
    type: z.literal('api'),
    ...call,
    ...request,
    method: z.enum(['GET', 'POST']),
    url: z.url(),
    body: text.optional(),
    rateKey: text.optional(),
  }),
  z.object({ type: z.literal('download'), ...call, ...request, url: z.url() }),
  z.object({ type: z.literal('ask'), ...call, ...request, question: text }),
  z.object({ type: z.literal('more'), ...request }),
  z.object({ type: z.literal('cancel'), ...request }),
  z.object({ type: z.literal('pong'), rss: z.number() }),
]);

/** Reads a line of the isolate. Throws for anything that is not one of its messages. */
export function parseMessage(line: string): FromChild {
  return fromChild.parse(JSON.parse(line));
}
