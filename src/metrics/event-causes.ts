import { describeSighting } from '../access/honeypot.ts';
import type { EventName } from '../audit/format.ts';
import { describeRecovery } from '../shared/recovery.ts';
import { REFUSALS } from '../access/token-gate.ts';
import type { PastEvent } from './past.ts';

type About = Pick<PastEvent, 'kind' | 'cause' | 'count'>;
type Details = Readonly<Record<string, unknown>>;

/** What the kill switch did, in the words of every process that tells of it. */
export const KILLED: About = { kind: 'kill', cause: 'The kill switch stopped everything.' };

/** What it means that somebody was not let in, so many times. */
export function aboutRefusal(why: unknown, times: unknown): About {
  const reason = REFUSALS.find((each) => each === why) ?? 'unknown';
  const count = typeof times === 'number' && Number.isSafeInteger(times) && times > 1 ? { count: times } : {};
  return { kind: 'access', cause: `Somebody tried to connect without a valid token (${reason}).`, ...count };
}

/** What events of the audit trail are as incidents. Approvals are told of by the calls that wait for them. */
const ABOUT: Readonly<Partial<Record<EventName, (details: Details) => About>>> = {
  'kill.stopped': () => KILLED,
  'honeypot.sighted': ({ decoy, where }) => ({
    kind: 'honeypot',
    cause: describeSighting({ decoy: decoy === 'token' ? 'token' : 'key', where: String(where) }),
  }),
  'self.healed': ({ what, why }) => ({
    kind: 'heal',
    cause: describeRecovery({ what: what === 'endpoint' ? 'endpoint' : 'isolate', why: String(why) }),
  }),
  'audit.repaired': () => ({
    kind: 'heal',
    cause: 'A half-written record, left by a process that was ended, was cut off the audit trail.',
  }),
  'auth.refused': ({ reason, count }) => aboutRefusal(reason, count),
  'audit.gap': () => ({ kind: 'failure', cause: 'The audit trail could not be written for a while.' }),
  'lock.refused': () => ({
    kind: 'failure',
    cause: 'Nothing was served: this build does not fit the lockfile.',
  }),
};

/** What an event means as an incident; `undefined` for what is none. */
export function aboutEvent(name: string, details: Details = {}): About | undefined {
  return Object.entries(ABOUT).find(([known]) => known === name)?.[1](details);
}
