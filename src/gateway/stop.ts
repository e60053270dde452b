import { type KillSwitch, type SwitchState, stoppedError } from '../access/kill-switch.ts';
import { join } from '../shared/wait.ts';
import type { Step } from './steps.ts';

/** Refuses calls while everything is stopped, whoever makes them, and aborts those under way the moment it is. */
export function stop(killSwitch: KillSwitch | undefined): Step {
  if (killSwitch === undefined) return (next) => next;
  return (next) => async (call) => {
    refuse(killSwitch.state());
    const abort = new AbortController();
    const either = join(call.signal, abort.signal);
    const forget = killSwitch.onChange((state) => {
      if (state.stopped) abort.abort(stoppedError(state));
    });
    try {
      const outcome = await next({ ...call, signal: either.signal });
      // What was written is told all the same; what was read is not given out any more.
      if (call.tool.annotations.readOnlyHint) refuse(killSwitch.state());
      return outcome;
    } finally {
      forget();
      either.letGo();
    }
  };
}

function refuse(state: SwitchState): void {
  if (state.stopped) throw stoppedError(state);
}
