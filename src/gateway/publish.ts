import type { Step } from './steps.ts';

/** Lets out only what the tool's output schema declares: other fields are dropped, a wrong shape fails the call. */
export const publish: Step = (next) => async (call) => {
  const outcome = await next(call);
  if (!outcome.ok) return outcome;
  const published = call.tool.output.safeParse(outcome.draft.value);
  if (published.success) return { ...outcome, draft: { value: published.data } };
  const { message } = published.error;
  throw new Error(`the result does not fit the tool's output schema: ${message}`, { cause: published.error });
};
