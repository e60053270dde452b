import { type Lookout, requireNoDecoy } from '../shared/lookout.ts';
import { shortLine } from '../shared/text.ts';
import type { Caller } from './caller.ts';
import type { Step } from './steps.ts';

const LONGEST_NAME = 60;

/** Refuses a call that has a decoy in its arguments, whoever makes it; everything is stopped then. */
export function lookForDecoys(lookout: Lookout | undefined): Step {
  if (lookout === undefined) return (next) => next;
  return (next) => async (call) => {
    const { tool, input, caller } = call;
    requireNoDecoy(lookout, JSON.stringify(input) ?? '', `arguments of ${tool.name}, from ${nameOf(caller)}`);
    return next(call);
  };
}

function nameOf(caller: Caller): string {
  return caller.kind === 'agent' ? shortLine(caller.client.name, LONGEST_NAME) : `the ${caller.surface}`;
}
