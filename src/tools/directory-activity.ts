import { EVENT_TYPES } from '../workos/event-types.ts';
import { type LatestEvents, latestEvents } from '../workos/events.ts';
import type { WorkosPort } from '../workos/port.ts';
import type { Directory, WorkosEvent } from '../workos/schemas.ts';
import type { ToolContext } from './tool.ts';

const DAY_MS = 86_400_000;
/** Activity is looked for this far back. */
export const ACTIVITY_DAYS = 30;
/** In a list, activity is a courtesy: it must not hold up the rows. */
const LIST_MS = 3_000;
const LIST_EVENTS = 1_000;

const DIRECTORY_EVENTS = EVENT_TYPES.filter((type) => type.startsWith('dsync.'));

/** The directory an event is about. */
function eventDirectory({ event, data }: WorkosEvent): string | undefined {
  const about = /^dsync\.(activated|deactivated|deleted)$/u.test(event) ? data['id'] : data['directory_id'];
  return typeof about === 'string' ? about : undefined;
}

/** The latest events of one directory, newest first. */
export function directoryEvents(
  port: WorkosPort,
  context: ToolContext,
  directory: Directory,
  limits: { limit: number; deadline: number },
): Promise<LatestEvents> {
  const to = context.now();
  return latestEvents(
    port.events,
    {
      types: DIRECTORY_EVENTS,
      organization_id: directory.organization_id,
      from: new Date(to.getTime() - ACTIVITY_DAYS * DAY_MS),
      to,
      keep: (event) => eventDirectory(event) === directory.id,
    },
    { ...limits, onPage: (count) => context.progress({ message: `Read ${count} directory events` }) },
  );
}

export interface ActivityRequest {
  readonly directories: readonly Directory[];
  readonly organizationId: string | undefined;
}

/**
 * When each directory last showed an event, as far as one pass over the newest events tells. A directory that is
 * not in `seen` showed none after `since`.
 */
export async function lastActivity(
  port: WorkosPort,
  context: ToolContext,
  { directories, organizationId }: ActivityRequest,
): Promise<{ seen: ReadonlyMap<string, string>; since?: string }> {
  if (directories.length === 0) return { seen: new Map() };
  const seen = new Map<string, string>();
  const to = context.now();
  const wanted = new Set(directories.map(({ id }) => id));
  const { seenFrom } = await latestEvents(
    port.events,
    {
      types: DIRECTORY_EVENTS,
      organization_id: organizationId,
      from: new Date(to.getTime() - ACTIVITY_DAYS * DAY_MS),
      to,
      keep: (event) => {
        const about = eventDirectory(event);
        if (about !== undefined && wanted.has(about) && event.created_at > (seen.get(about) ?? '')) {
          seen.set(about, event.created_at);
        }
        return about !== undefined && wanted.has(about);
      },
    },
    {
      limit: LIST_EVENTS,
      deadline: performance.now() + LIST_MS,
      enough: () => seen.size === wanted.size,
      onPage: (count) => context.progress({ message: `Read ${count} directory events` }),
    },
  );
  return { seen, since: seenFrom.toISOString() };
}
