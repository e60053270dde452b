import { type Approvals, createApprovals } from '../access/approvals.ts';
import { createHoneypot } from '../access/honeypot.ts';
import type { KillSwitch, Stopped } from '../access/kill-switch.ts';
import type { StateDir } from '../access/state-dir.ts';
import type { AuditEvents } from '../audit/events.ts';
import { recordApprovals } from '../audit/record-approvals.ts';
import { whoStopped } from '../audit/who-stopped.ts';
import { KILLED } from '../metrics/event-causes.ts';
import type { Meter } from '../metrics/meter.ts';
import { recordRecovery, recordSighting } from '../metrics/record-incidents.ts';
import type { Lookout } from '../shared/lookout.ts';
import type { Recovered } from '../shared/recovery.ts';
import { type CliTrail, type CliTrailOptions, openCliTrail } from './audit-trail.ts';
import { meterProcess } from './metering.ts';
import { tellRecoveries } from './recoveries.ts';

export interface GovernanceOptions extends CliTrailOptions {
  readonly dir: StateDir;
  readonly killSwitch: KillSwitch;
}

/** What stands around the calls of this process. */
export interface Governance {
  readonly audit: CliTrail['audit'];
  /** Records what happens besides calls. */
  readonly events: AuditEvents;
  readonly meter: Meter;
  /** Looks for decoys in what clients send. */
  readonly lookout: Lookout;
  readonly approvals: Approvals;
  readonly recovered: Recovered;
  /** Writes the last records, once no call runs any more. */
  close(): Promise<void>;
}

/** Opens figures, audit trail, decoys and approvals. Throws WrongPassphrase. */
export async function openGovernance({
  dir,
  killSwitch,
  ...options
}: GovernanceOptions): Promise<Governance> {
  const { command, logger } = options;
  const meter = meterProcess(dir, logger);
  let stop: Stopped | undefined;
  killSwitch.onChange((state) => {
    if (!state.stopped) return;
    stop = state;
    meter.event(KILLED);
  });
  const { audit, trail, events } = await openCliTrail(options);
  return {
    audit,
    events,
    meter,
    lookout: createHoneypot({ dir, killSwitch, logger, sighted: recordSighting(meter, events) }),
    approvals: recordApprovals(createApprovals(dir), events, command),
    recovered: tellRecoveries(recordRecovery(meter, events), logger),
    close: async () => {
      // The last thing that happened here: the calls it ended are recorded before.
      if (stop !== undefined) await events.killed(whoStopped(stop));
      await trail.close();
      await meter.close();
    },
  };
}
