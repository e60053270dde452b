import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

const BODY_BYTES = 256 * 1024;

/** Refuses what can't hold a message, by its head. */
export function refuseBodyType(request: IncomingMessage): Refusal | undefined {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') {
    return { status: 415, message: 'Content-Type must be application/json.' };
  }
  return Number(request.headers['content-length'] ?? 0) > BODY_BYTES ? TOO_LARGE : undefined;
}

const TOO_LARGE: Refusal = { status: 413, message: `The body is larger than ${BODY_BYTES} bytes.` };

/** One JSON-RPC message from a request, or why there is none, with the text it was read from. Batches are gone from MCP, and would multiply the limits. */
export async function readMessage(
  request: IncomingMessage,
): Promise<{ text: string } & ({ body: object } | { refusal: Refusal })> {
  const text = await readText(request);
  if (text === undefined) return { text: '', refusal: TOO_LARGE };
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { text, body };
    return {
      text,
      refusal: { status: 400, code: -32600, message: 'The body must be one JSON-RPC message.' },
    };
  } catch {
    return { text, refusal: { status: 400, code: -32700, message: 'The body is not valid JSON.' } };
  }
}

function readText(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_BYTES) {
        // The rest flows away unread, so that the client gets to see the answer.
        chunks.length = 0;
        resolve(undefined);
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('close', () => reject(new Error('The client went away.')));
    request.on('error', reject);
  });
}
