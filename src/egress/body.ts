import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../shared/errors.ts';

interface Bounds {
  readonly encoding: string | null;
  readonly maxBytes: number;
  /** Whose answer it is. */
  readonly who: string;
}

/** The bytes of an answer: to be read once, or destroyed. */
export interface Body extends AsyncIterable<Uint8Array> {
  destroy(): void;
}

/** The body of an answer, unpacked, that ends with an AppError when it grows too large. */
export function bounded(source: Readable, { encoding, maxBytes, who }: Bounds): Body {
  const bytes = unpacked(source, encoding, who);
  // Whoever reads it learns of errors.
  bytes.on('error', () => undefined);
  return {
    [Symbol.asyncIterator]: () => {
      const chunks = counted(bytes, maxBytes, who);
      const end = async (): Promise<IteratorReturnResult<undefined>> => {
        // Also where nobody has begun to read.
        bytes.destroy();
        return { done: true, value: undefined };
      };
      return { next: () => chunks.next(), return: end };
    },
    destroy: () => bytes.destroy(),
  };
}

function unpacked(source: Readable, encoding: string | null, who: string): Readable {
  if (encoding === null || encoding === 'identity') return source;
  if (encoding === 'gzip') return pipeline(source, createGunzip(), () => undefined);
  source.destroy();
  throw badResponse(`${who} answered in an encoding nobody asked for.`);
}

/** Not a `Transform`: what a pipeline of streams leaves outlives many calls before it is collected. */
async function* counted(source: AsyncIterable<Uint8Array>, maxBytes: number, who: string) {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(who, maxBytes);
    yield chunk;
  }
}

function tooLarge(who: string, maxBytes: number): AppError {
  return badResponse(`${who} answered with more than ${maxBytes / 2 ** 20} MB.`);
}

/** The error of an answer that no API gives. */
export function badResponse(message: string): AppError {
  return new AppError({
    code: 'BAD_RESPONSE',
    message,
    hint: 'Check WORKOS_API_BASE_URL and any proxy in between, then try again.',
  });
}
