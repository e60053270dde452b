import type { KillSwitch } from '../../access/kill-switch.ts';
import type { AuditEvents } from '../../audit/events.ts';
import { whoStopped } from '../../audit/who-stopped.ts';

/** How this window is named where something is recorded that was done at it. */
export const SURFACE = 'vscode';

/** The switch, with each stop that this window hears of recorded, and the resume that is done here. */
export function recordedSwitch(
  kill: KillSwitch,
  events: Pick<AuditEvents, 'killed' | 'resumed'>,
): KillSwitch {
  kill.onChange((state) => {
    if (state.stopped) void events.killed(whoStopped(state));
  });
  return {
    ...kill,
    resume: () => {
      const done = kill.resume();
      if (done) void events.resumed({ kind: 'person', surface: SURFACE });
      return done;
    },
  };
}
