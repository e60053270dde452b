import { z } from 'zod';
import type { Json } from '../shared/json.ts';
import { encodeCursor } from './cursor.ts';
import type { Draft, ToolContext } from './tool.ts';

/** Fields every list takes. */
export const listInput = {
  count: z.boolean().optional().describe('Also count all matches (may take many requests).'),
  limit: z.int().min(1).max(100).default(20).describe('Rows per page.'),
  cursor: z.string().max(2_000).optional().describe('next_cursor of the previous page.'),
};

const environmentOutput = z.object({
  name: z.string(),
  kind: z.enum(['production', 'staging', 'sandbox']),
});

/** How many entries (for a text: characters) were left out, by field. */
export const omittedOutput = z.record(z.string(), z.number()).optional();

/** Set where a text of a row is not shown as it is: a name leads nowhere then. */
const alteredOutput = z.boolean().optional();

/** Fields every result has. */
export const resultOutput = {
  environment: environmentOutput,
  /** Whether everything that matches has been seen, over all pages so far. */
  complete: z.boolean(),
  dropped: z.number().optional().describe('Records left out because they did not have the expected shape.'),
  _notice: z.string().optional(),
  /** How often values of each kind (ssn, card, secret, …) were covered in this result. */
  redacted: z.record(z.string(), z.number()).optional(),
};

/** The output of a list: a page of rows. */
export function pageOf<R extends z.ZodRawShape, H extends z.ZodRawShape>(row: R, head: H) {
  return z.object({
    ...resultOutput,
    /** All matches, where known. */
    total: z.number().optional(),
    /** Rows read from the API to find these, where it lacks the filter. */
    scanned: z.number().optional(),
    ...head,
    items: z.array(z.object({ ...row, omitted: omittedOutput, altered: alteredOutput })),
    next_cursor: z.string().optional(),
  });
}

/** What a list tool found: rows with, per row, where a page after it starts. */
export interface Listing<R, H> {
  readonly binding: string;
  readonly items: readonly R[];
  readonly positions: readonly Json[];
  /** Where the next page starts; absent at the end. */
  readonly next?: Json | undefined;
  readonly head: H;
}

/** The environment as results name it. */
export function shownEnvironment({ environment: { name, kind } }: ToolContext) {
  return { name, kind };
}

/** Makes the draft of a list result. */
export function listDraft<R, H extends object>(context: ToolContext, listing: Listing<R, H>) {
  const { binding, items, positions, next, head } = listing;
  const value = {
    environment: shownEnvironment(context),
    complete: next === undefined,
    ...head,
    items: [...items],
    ...(next !== undefined && { next_cursor: encodeCursor(binding, next) }),
  };
  return { value, positions, binding } satisfies Draft<typeof value>;
}
