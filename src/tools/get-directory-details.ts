import { z } from 'zod';
import type { LatestEvents } from '../workos/events.ts';
import type { Directory } from '../workos/schemas.ts';
import { detailOf, sectionDraft, sectionInput, totalsOf } from './detail.ts';
import { ACTIVITY_DAYS, directoryEvents } from './directory-activity.ts';
import { directoryFields, directoryOutput } from './directory-row.ts';
import { describeEvent, eventOutput } from './event-row.ts';
import { id } from './fields.ts';
import { directoryIssues, directoryStateMeaning } from './findings.ts';
import { organizationNames } from './organization-names.ts';
import { shownEnvironment } from './list.ts';
import { defineTool, READ_ONLY } from './tool.ts';
import { deadlineOf } from './walk.ts';

const NAME = 'get_directory_details';
const SECTIONS = ['issues', 'events'] as const;
const EVENTS = 50;

/** One directory. Source: GET /directories/{id} and its dsync events. */
export const getDirectoryDetails = defineTool({
  name: NAME,
  title: 'Get directory details',
  description:
    'One WorkOS directory: issues first, what its state means, user and group counts, latest sync events (the API knows no last-sync time). Get the id from list_directories. Example: {"directory_id":"directory_01E"}',
  annotations: READ_ONLY,
  input: z.strictObject({ directory_id: id().describe('From list_directories.'), ...sectionInput(SECTIONS) }),
  output: detailOf({
    ...directoryOutput,
    id: z.string().optional(),
    state_meaning: z.string().optional(),
    active_users: z.number().optional(),
    inactive_users: z.number().optional(),
    domain: z.string().optional(),
    last_activity_seen: z.string().optional(),
    activity_note: z.string().optional(),
    /** Every event since then is in `events`. */
    events_since: z.string().optional(),
    events: z.array(z.object(eventOutput)).optional(),
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
  }),
  run: async (port, { directory_id, section, cursor }, context) => {
    const directory = await port.directories.get(directory_id);
    const [names, latest] = await Promise.all([
      organizationNames(port, [directory.organization_id]),
      directoryEvents(port, context, directory, { limit: EVENTS, deadline: deadlineOf(context) }),
    ]);
    const sections = { issues: directoryIssues(directory), events: latest.events.map(describeEvent) };
    const page = sectionDraft(context, { tool: NAME, subject: directory.id, sections, section, cursor });
    if (page) return { ...page, value: { ...page.value, id: directory.id, name: directory.name } };
    return {
      value: {
        environment: shownEnvironment(context),
        complete: true,
        ...directoryFields(directory, names),
        state_meaning: directoryStateMeaning(directory.state),
        ...facts(directory, latest),
        totals: totalsOf(sections),
        ...sections,
      },
    };
  },
});

function facts(directory: Directory, { events, next, seenFrom }: LatestEvents) {
  const { metadata, domain, created_at, updated_at } = directory;
  const [newest] = events;
  return {
    active_users: metadata?.users?.active,
    inactive_users: metadata?.users?.inactive,
    domain,
    last_activity_seen: newest?.created_at,
    activity_note: newest ? undefined : silence(seenFrom),
    events_since: next && newest ? events.at(-1)?.created_at : seenFrom.toISOString(),
    created_at,
    updated_at,
  };
}

function silence(seenFrom: Date): string {
  return `No sync event since ${seenFrom.toISOString()} (looked back up to ${ACTIVITY_DAYS} days). The API has no last-sync time, so this does not prove that sync is broken.`;
}
