import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Step } from './steps.ts';
import { cutText } from './trim.ts';

/** A message quotes keys as they came, and those may be long. */
const MOST_CHARACTERS = 300;

/** Refuses input that does not fit the tool's schema, naming each field and what is wrong with it. */
export const checkInput: Step = (next) => async (call) => {
  const input = call.input ?? {};
  const parsed = call.tool.input.safeParse(input);
  if (!parsed.success) {
    throw new AppError(
      {
        code: 'INVALID_INPUT',
        message: parsed.error.issues.slice(0, 5).map(describeIssue).join('; '),
        hint: `Correct the arguments and call ${call.tool.name} again. It takes ${argumentNames(call.tool.input)}.`,
      },
      { cause: parsed.error },
    );
  }
  return next({ ...call, input });
};

/** What a caller who got a name wrong needs to see. */
function argumentNames(input: z.ZodType): string {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input' });
  return Object.keys(properties).join(', ');
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys' && field === '') {
    return cutText(`unknown argument ${issue.keys.join(', ')}`, MOST_CHARACTERS).shown;
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return `${field}: is required`;
  return cutText(field === '' ? issue.message : `${field}: ${issue.message}`, MOST_CHARACTERS).shown;
}
