import { decoysMark } from '../access/decoys.ts';
import { createHoneypot } from '../access/honeypot.ts';
import { createKillSwitch, type Sighting } from '../access/kill-switch.ts';
import type { StateDir } from '../access/state-dir.ts';
import { whoStopped } from '../audit/who-stopped.ts';
import { recordSighting } from '../metrics/record-incidents.ts';
import { streamLogger } from '../shared/logger.ts';
import type { Lookout } from '../shared/lookout.ts';
import { recordDone } from './record-done.ts';

/** Looks for the decoys of this machine in what the doctor sends. Where none were ever kept, nobody can have stolen one, and nothing is made. */
export interface DoctorLookout {
  readonly lookout: Lookout | undefined;
  /** Records what was seen. */
  close(): Promise<void>;
}

/** Opens it on a state directory; one that can't be trusted has no decoys of ours. */
export function openDoctorLookout(dir: StateDir): DoctorLookout {
  if (dir.problem() !== undefined || decoysMark(dir) === '')
    return { lookout: undefined, close: async () => undefined };
  const killSwitch = createKillSwitch(dir);
  const sightings: Sighting[] = [];
  const logger = streamLogger(process.stderr);
  return {
    lookout: createHoneypot({ dir, killSwitch, logger, sighted: (sighting) => sightings.push(sighting) }),
    close: async () => {
      const state = killSwitch.state();
      killSwitch.close();
      if (sightings.length === 0) return;
      await recordDone({ command: 'doctor', locked: 'key-file' }, async (events) => {
        // The trail tells of incidents, too.
        for (const sighting of sightings) recordSighting({ event: () => undefined }, events)(sighting);
        if (state.stopped) await events.killed(whoStopped(state));
      });
    },
  };
}
