import { describeSighting } from '../access/honeypot.ts';
import type { KillSwitch, Stopped } from '../access/kill-switch.ts';

/** Why a command ends with exit status 4: the person stopped everything, before or while it ran. */
export class StoppedRefusal extends Error {
  override readonly name = 'StoppedRefusal';

  constructor(state: Stopped) {
    super(describeStop(state));
  }
}

/** A stop in words for the person at the terminal. */
export function describeStop({ at, by, problem, sighting }: Stopped): string {
  if (problem !== undefined) return `counts as stopped: ${problem}`;
  if (sighting !== undefined)
    return `quarantined at ${at.toISOString()}. ${describeSighting(sighting)} "workos-mcp resume" says what to do.`;
  const who = by === undefined ? '' : `, from ${by}`;
  return `stopped by the kill switch at ${at.toISOString()}${who}. "workos-mcp resume" lifts it.`;
}

/** Throws while everything is stopped; the signal fires, with the same reason, when it is later. */
export function requireRunning(killSwitch: KillSwitch): AbortSignal {
  const stop = new AbortController();
  killSwitch.onChange((state) => {
    if (state.stopped) stop.abort(new StoppedRefusal(state));
  });
  const state = killSwitch.state();
  if (state.stopped) throw new StoppedRefusal(state);
  return stop.signal;
}
