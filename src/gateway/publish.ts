import type { z } from 'zod';
import type { Step } from './steps.ts';

/** What has been published, by which schema. */
const published = new WeakMap<object, z.ZodType>();

/** Looks a last time at what leaves, after everything was done to it: it fits the tool's output schema, or the call fails. */
export const publish: Step = (next) => async (call) => {
  const outcome = await next(call);
  if (!outcome.ok) return outcome;
  const { output } = call.tool;
  const parsed = output.safeParse(outcome.draft.value);
  if (!parsed.success) {
    const { message } = parsed.error;
    throw new Error(`the result does not fit the tool's output schema: ${message}`, { cause: parsed.error });
  }
  if (typeof parsed.data === 'object' && parsed.data !== null) published.set(parsed.data, output);
  return { ...outcome, draft: { value: parsed.data } };
};

/** True for a value that has been published by this schema, and is of its type. */
export function isPublished<O>(value: unknown, output: z.ZodType<O>): value is O {
  return typeof value === 'object' && value !== null && published.get(value) === output;
}
