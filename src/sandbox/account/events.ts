import type { BuiltOrganization } from './build.ts';
import { directoryEvents } from './event-directory.ts';
import { lifecycleEvents } from './event-lifecycle.ts';
import { loginEvents } from './event-logins.ts';
import { objectId } from './ids.ts';
import { DAY, iso, MINUTE } from './time.ts';
import type { AccountEvent } from './types.ts';

/** WorkOS keeps events for this long. */
export const EVENT_RETENTION = 90 * DAY;

/** The events of one organization over the last 90 days, oldest first. */
export function organizationEvents(built: BuiltOrganization, now: number): AccountEvent[] {
  const oldest = now - EVENT_RETENTION + 10 * MINUTE;
  const drafts = [
    ...lifecycleEvents(built, now),
    ...built.directories.flatMap((entry) => directoryEvents(entry, oldest, now)),
    ...loginEvents(built, oldest, now),
  ];
  return drafts
    .filter(({ time }) => time >= oldest && time <= now)
    .sort((left, right) => left.time - right.time)
    .map(({ time, event, data }, place) => ({
      object: 'event',
      id: objectId('event', time, `${built.organization.id}:${event}:${place}`),
      event,
      data,
      created_at: iso(time),
    }));
}
