import { z } from 'zod';
import { describeDirectoryType } from './connection-types.ts';
import { bindCursor, decodeCursor, listPosition } from './cursor.ts';
import { lastActivity } from './directory-activity.ts';
import { directoryFields, directoryOutput } from './directory-row.ts';
import { organizationRef, searchText } from './fields.ts';
import { directoryIssues } from './findings.ts';
import { listDraft, listInput, pageOf } from './list.ts';
import { ownerNames, ownerOf } from './owners.ts';
import type { Directory } from '../workos/schemas.ts';
import { defineTool, READ_ONLY } from './tool.ts';
import { walk } from './walk.ts';

const NAME = 'list_directories';

/** Lists directories (SCIM and HRIS sync), newest first. Source: GET /directories; activity from GET /events. */
export const listDirectories = defineTool({
  name: NAME,
  title: 'List directories',
  description:
    'WorkOS directories (directory sync by SCIM or HRIS) of the account or of one organization, with state, user and group counts and findings. attention:true gives only those with a problem. For one directory use get_directory_details. Example: {"organization":"acme.com"}',
  annotations: READ_ONLY,
  input: z.strictObject({
    organization: organizationRef().optional(),
    state: z
      .enum(['linked', 'validating', 'invalid_credentials', 'unlinked', 'deleting'])
      .optional()
      .describe('Only in this state.'),
    type: searchText('API type or provider, as "okta scim v2.0" or "okta".').optional(),
    search: searchText('Part of the name.').optional(),
    attention: z.boolean().optional().describe('Only those with findings.'),
    ...listInput,
  }),
  output: pageOf(
    {
      ...directoryOutput,
      last_activity_seen: z.string().optional(),
      findings: z.array(z.string()).optional(),
    },
    { activity_since: z.string().optional() },
  ),
  run: async (port, { limit, cursor, count, ...filters }, context) => {
    const binding = bindCursor(context.environment.id, NAME, filters);
    const [after, seen] = decodeCursor(cursor, binding, listPosition) ?? [undefined, 0];
    const organization = await ownerOf(port, context, filters.organization);
    const keep = localFilter(filters);
    const found = await walk(context, {
      fetch: (query) =>
        port.directories.list({ ...query, organization_id: organization?.id, search: filters.search }),
      keep,
      limit,
      after,
      count,
      what: 'directories',
    });
    const [names, activity] = await Promise.all([
      ownerNames(port, context, found.items, organization),
      lastActivity(port, context, {
        directories: context.lean ? [] : found.items,
        organizationId: organization?.id,
      }),
    ]);
    return listDraft(context, {
      binding,
      items: found.items.map((item) => ({
        ...directoryFields(item, names),
        last_activity_seen: activity.seen.get(item.id),
        findings: directoryIssues(item).map(({ code }) => code),
      })),
      positions: found.items.map((item, index) => [item.id, seen + index + 1]),
      next: found.next === undefined ? undefined : [found.next, seen + found.items.length],
      head: {
        total: found.matches === undefined ? undefined : seen + found.matches,
        scanned: keep === undefined ? undefined : found.scanned,
        activity_since: activity.since,
      },
    });
  },
});

interface Filters {
  readonly state?: string | undefined;
  readonly type?: string | undefined;
  readonly attention?: boolean | undefined;
}

/** The filters the API lacks. */
function localFilter({ state, type, attention }: Filters): ((directory: Directory) => boolean) | undefined {
  if (state === undefined && type === undefined && !attention) return undefined;
  const wanted = type?.toLowerCase();
  return (directory) =>
    (state === undefined || directory.state === state) &&
    (wanted === undefined || matchesType(directory, wanted)) &&
    (!attention || directoryIssues(directory).length > 0);
}

function matchesType({ type }: Directory, wanted: string): boolean {
  return (
    type.toLowerCase().includes(wanted) ||
    (describeDirectoryType(type)?.toLowerCase().includes(wanted) ?? false)
  );
}
