import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { WorkosPort } from '../workos/port.ts';
import type { DirectoryGroup } from '../workos/schemas.ts';
import { bindCursor, decodeCursor, listPosition } from './cursor.ts';
import { id, searchText } from './fields.ts';
import { listDraft, listInput, pageOf } from './list.ts';
import { defineTool, READ_ONLY, type ToolContext } from './tool.ts';
import { mapLimited, walk } from './walk.ts';

const NAME = 'list_directory_groups';
const COUNT_LIMIT = 100;
/** Rows with member counts per page: each costs a request, and this many fit into an agent's result. */
const COUNTED_ROWS = 40;

/** Lists groups of a directory, or of one of its users. Source: GET /directory_groups. */
export const listDirectoryGroups = defineTool({
  name: NAME,
  title: 'List directory groups',
  description:
    'Groups synced from a WorkOS directory, or those one user belongs to. For the members of a group use list_directory_users with group. Example: {"directory_id":"directory_01E","search":"admin"}',
  annotations: READ_ONLY,
  input: z.strictObject({
    directory_id: id().optional().describe('From list_directories. This or user_id is required.'),
    user_id: id().optional().describe('From list_directory_users.'),
    search: searchText('Part of the name.').optional(),
    member_counts: z.boolean().optional().describe('Count members: one request per group, 4 per second.'),
    ...listInput,
  }),
  output: pageOf(
    {
      id: z.string(),
      name: z.string().optional(),
      idp_id: z.string().optional(),
      directory_id: z.string().optional(),
      /** A number, or `100+`. */
      members: z.union([z.number(), z.string()]).optional(),
      created_at: z.string().optional(),
      updated_at: z.string().optional(),
    },
    {},
  ),
  run: async (port, { limit, cursor, count, member_counts, ...filters }, context) => {
    const { directory_id: directory, user_id: user } = filters;
    if (directory === undefined && user === undefined) throw needsOne();
    const binding = bindCursor(context.environment.id, NAME, filters);
    const [after, seen] = decodeCursor(cursor, binding, listPosition) ?? [undefined, 0];
    const wanted = filters.search?.toLowerCase();
    const both = directory !== undefined && user !== undefined;
    const local = wanted !== undefined || both;
    const found = await walk(context, {
      fetch: (query) =>
        port.directoryGroups.list(user === undefined ? { ...query, directory } : { ...query, user }),
      ...(local && {
        keep: (group: DirectoryGroup) =>
          (wanted === undefined || group.name.toLowerCase().includes(wanted)) &&
          (!both || group.directory_id === directory),
      }),
      limit: member_counts ? Math.min(limit, COUNTED_ROWS) : limit,
      after,
      count,
      what: 'groups',
    });
    const members = member_counts ? await memberCounts(port, context, found.items) : undefined;
    const free =
      context.lean || local || user !== undefined || directory === undefined || found.matches !== undefined
        ? undefined
        : (await port.directories.get(directory)).metadata?.groups;
    return listDraft(context, {
      binding,
      items: found.items.map((group, index) => toRow(group, members?.[index])),
      positions: found.items.map((item, index) => [item.id, seen + index + 1]),
      next: found.next === undefined ? undefined : [found.next, seen + found.items.length],
      head: {
        total: found.matches === undefined ? free : seen + found.matches,
        scanned: local ? found.scanned : undefined,
      },
    });
  },
});

function needsOne(): AppError {
  return new AppError({
    code: 'INVALID_INPUT',
    message: 'directory_id or user_id is required.',
    hint: 'Call list_directories to get a directory_id.',
  });
}

async function memberCounts(port: WorkosPort, context: ToolContext, groups: readonly DirectoryGroup[]) {
  let done = 0;
  return mapLimited(groups, 4, async ({ id: group, directory_id }) => {
    const page = await port.directoryUsers.list({
      group,
      limit: COUNT_LIMIT,
      rate_limited_by: directory_id ?? group,
    });
    done += 1;
    context.progress({ message: 'Counting members', done, total: groups.length });
    return page.after === undefined ? page.items.length : `${COUNT_LIMIT}+`;
  });
}

function toRow(group: DirectoryGroup, members: number | string | undefined) {
  const { id: groupId, name: label, idp_id, directory_id, created_at, updated_at } = group;
  return { id: groupId, name: label, idp_id, directory_id, members, created_at, updated_at };
}
