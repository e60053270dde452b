import type { ErrorCode } from '../shared/errors.ts';
import type { EventKind } from './past.ts';

/** What incidents are about; a closed list. */
export const INCIDENT_KINDS = [
  'error',
  'failure',
  'dlp',
  'taint',
  'approval',
  'honeypot',
  'kill',
  'heal',
  'access',
] as const satisfies readonly (EventKind | 'error' | 'dlp')[];
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Why a call did not succeed. */
export interface Cause {
  readonly kind: IncidentKind;
  readonly cause: string;
}

const failure = (cause: string): Cause => ({ kind: 'failure', cause });
const error = (cause: string): Cause => ({ kind: 'error', cause });
const approval = (cause: string): Cause => ({ kind: 'approval', cause });

/** The root cause behind each code; a call that its client took back is no incident. */
const CAUSES: Readonly<Record<Exclude<ErrorCode, 'CANCELLED'>, Cause>> = {
  NO_API_KEY: failure('No API key is set.'),
  INVALID_API_KEY: failure('WorkOS does not accept the API key: it is wrong, or was revoked.'),
  FORBIDDEN: failure('The API key may not do this.'),
  RATE_LIMITED: failure('WorkOS takes fewer requests than were made, and waiting did not help in time.'),
  TIMEOUT: failure('The call took too long: it asked for much, or WorkOS answers slowly.'),
  NETWORK: failure('WorkOS can not be reached over the network.'),
  UPSTREAM_ERROR: failure('WorkOS answered with an error of its own.'),
  BAD_RESPONSE: failure('WorkOS answered something that could not be read.'),
  OUTCOME_UNKNOWN: failure(
    'A change was under way when the connection or the call ended: look whether it was made.',
  ),
  INTERNAL: failure('Something went wrong inside this server; its log says what.'),
  LOCK_MISMATCH: failure('What this build offers is not what the lockfile accepts.'),
  AUDIT_UNAVAILABLE: failure('The audit trail can not be written, so a change was refused.'),
  NOT_FOUND: error('What was asked for does not exist.'),
  AMBIGUOUS: error('A name was asked for that several objects have.'),
  CONFLICT: error('It exists already, or changed meanwhile.'),
  INVALID_INPUT: error('The arguments do not fit what the tool takes.'),
  INVALID_CURSOR: error('The cursor is damaged, or belongs to another question.'),
  READ_ONLY: error('A change was asked for, and this server is read-only.'),
  OUT_OF_SCOPE: error('The connection token that was used does not allow this tool.'),
  APPROVAL_REQUIRED: approval('A change waits for a person to approve it.'),
  DECLINED: approval('A person did not approve a change.'),
  STOPPED: { kind: 'kill', cause: 'A call was refused: everything is stopped by the kill switch.' },
};

/** The root cause of a call's status; `undefined` when it is no incident. */
export function causeOf(status: string): Cause | undefined {
  if (status === 'ok' || status === 'CANCELLED') return undefined;
  const [, known] = Object.entries(CAUSES).find(([code]) => code === status) ?? [];
  return known ?? error('It ended with an error this version does not know.');
}
