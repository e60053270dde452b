import { describeSighting } from '../access/honeypot.ts';
import type { Sighting } from '../access/switch-file.ts';
import type { RefusedFor } from '../access/token-gate.ts';
import type { AuditEvents } from '../audit/events.ts';
import { describeRecovery, type Recovered } from '../shared/recovery.ts';
import { aboutRefusal } from './event-causes.ts';
import type { Meter } from './meter.ts';

/** Keeps what a process mended by itself: as an incident, and in the audit trail. */
export function recordRecovery(meter: Pick<Meter, 'event'>, events: Pick<AuditEvents, 'healed'>): Recovered {
  return (recovery) => {
    const { what, why, pausedMs } = recovery;
    meter.event({ kind: pausedMs === undefined ? 'heal' : 'failure', cause: describeRecovery(recovery) });
    if (pausedMs === undefined) void events.healed(what, why);
  };
}

/** Keeps that a decoy was seen, both ways. */
export function recordSighting(
  meter: Pick<Meter, 'event'>,
  events: Pick<AuditEvents, 'honeypot' | 'quarantined'>,
): (sighting: Sighting) => void {
  return ({ decoy, where, by }) => {
    meter.event({ kind: 'honeypot', cause: describeSighting({ decoy, where }), client: by });
    void events.honeypot({ decoy, where, client: by });
    void events.quarantined();
  };
}

/** Keeps that requests were refused for their token, both ways. */
export function recordRefusal(
  meter: Pick<Meter, 'event'>,
  events: Pick<AuditEvents, 'refused'>,
): (why: RefusedFor, count: number) => void {
  return (why, count) => {
    meter.event(aboutRefusal(why, count));
    void events.refused(why, count);
  };
}
