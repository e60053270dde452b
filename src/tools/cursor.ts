import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { canonicalJson, type Json } from '../shared/json.ts';

/** What a cursor belongs to: the environment, the tool and the filters it was made under, as a short digest. */
export function bindCursor(environmentId: string, tool: string, filters: object): string {
  return createHash('sha256')
    .update(canonicalJson([environmentId, tool, filters]))
    .digest('base64url')
    .slice(0, 12);
}

/** An opaque cursor: where to go on, and what it is bound to. */
export function encodeCursor(binding: string, state: Json): string {
  return Buffer.from(JSON.stringify([binding, state])).toString('base64url');
}

/** Reads a cursor back; `undefined` for none. Throws INVALID_CURSOR when it is damaged or bound to something else. */
export function decodeCursor<T>(
  cursor: string | undefined,
  binding: string,
  state: z.ZodType<T>,
): T | undefined {
  if (cursor === undefined) return undefined;
  const parsed = z.tuple([z.literal(binding), state]).safeParse(parseBase64Json(cursor));
  if (parsed.success) return parsed.data[1];
  throw new AppError({
    code: 'INVALID_CURSOR',
    message: 'This cursor does not belong to this environment, tool and set of filters.',
    hint: 'Pass next_cursor unchanged with the same arguments, or call again without cursor to start over.',
  });
}

function parseBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
