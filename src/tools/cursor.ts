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

/** Where a list goes on: after this id, and how many rows came before. */
export const listPosition = z.tuple([z.string(), z.number()]);

/** Reads a cursor back; `undefined` for none. Throws INVALID_CURSOR when it is damaged or bound to something else. */
export function decodeCursor<T>(
  cursor: string | undefined,
  binding: string,
  state: z.ZodType<T>,
): T | undefined {
  if (cursor === undefined) return undefined;
  const made = parseBase64Json(cursor);
  const parsed =
    Array.isArray(made) && made.length === 2 && made[0] === binding ? state.safeParse(made[1]) : undefined;
  if (parsed?.success) return parsed.data;
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
