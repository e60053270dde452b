import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** JSON as RFC 8785 writes it. Throws on what JSON does not have, and on halves of characters. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Not a JSON value.');
  return text;
}

/** SHA-256 of a text's UTF-8, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
