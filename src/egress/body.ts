import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../shared/errors.ts';

interface Bounds {
  readonly encoding: string | null;
  readonly maxBytes: number;
  /** Whose answer it is. */
  readonly who: string;
}

/** The body of an answer, unpacked, that ends with an AppError when it grows too large. */
export function bounded(source: Readable, { encoding, maxBytes, who }: Bounds): Readable {
  let bytes = 0;
  const cap = new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) done(tooLarge(who, maxBytes));
      else done(null, chunk);
    },
  });
  // Whoever reads `cap` learns of errors.
  const ended = () => undefined;
  if (encoding === null || encoding === 'identity') return pipeline(source, cap, ended);
  if (encoding === 'gzip') return pipeline(source, createGunzip(), cap, ended);
  source.destroy();
  throw badResponse(`${who} answered in an encoding nobody asked for.`);
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
