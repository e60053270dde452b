import { textsIn } from '../shared/json.ts';
import { type Lookout, requireNoDecoy } from '../shared/lookout.ts';
import type { Caller } from './caller.ts';
import type { Step } from './steps.ts';

/** Refuses a call that has a decoy in its arguments, whoever makes it; everything is stopped then. */
export function lookForDecoys(lookout: Lookout | undefined): Step {
  if (lookout === undefined) return (next) => next;
  return (next) => async (call) => {
    const { tool, input, caller } = call;
    requireNoDecoy(lookout, textsIn(input), `arguments of ${tool.name}`, nameOf(caller));
    return next(call);
  };
}

function nameOf(caller: Caller): string {
  return caller.kind === 'agent' ? caller.client.name : `(${caller.surface})`;
}
