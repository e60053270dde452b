import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { isShallow } from '../shared/json.ts';
import type { Step } from './steps.ts';
import { cutText } from './trim.ts';

/** A message quotes keys as they came, and those may be long. */
const MOST_CHARACTERS = 300;

/** No tool takes nearly so many levels; with many more, whoever writes the input as JSON runs out of stack. */
export const MOST_LEVELS = 64;

/** The error for input with more levels. */
export function tooDeep(): AppError {
  return new AppError({
    code: 'INVALID_INPUT',
    message: `The arguments are nested deeper than ${MOST_LEVELS} levels.`,
    hint: 'Send what the schema of the tool describes.',
  });
}

/** Refuses input that is nested too deeply to be looked at. */
export const checkDepth: Step = (next) => async (call) => {
  if (!isShallow(call.input, MOST_LEVELS)) throw tooDeep();
  return next(call);
};

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
