import type { IncomingMessage } from 'node:http';
import { refusal } from './reply.ts';

const LARGEST = 1_000_000;

/** Reads the JSON body of a request, or refuses it. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    // The rest is read and dropped, so that the refusal reaches the client.
    if (size <= LARGEST) parts.push(bytes);
  }
  if (size > LARGEST) throw refusal(413, 'The request body is too large.');
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw refusal(400, 'The request body is not valid JSON.', 'invalid_json');
  }
}
