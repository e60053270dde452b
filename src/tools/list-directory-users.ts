import { z } from 'zod';
import type { WorkosPort } from '../workos/port.ts';
import type { DirectoryUser } from '../workos/schemas.ts';
import { bindCursor, decodeCursor } from './cursor.ts';
import { id, organizationRef, searchText } from './fields.ts';
import { listDraft, listInput, pageOf } from './list.ts';
import { defineTool, READ_ONLY, type ToolContext } from './tool.ts';
import { type UserSource, userSources } from './user-sources.ts';
import { summarizeUsers } from './user-summary.ts';
import { mapLimited, walk } from './walk.ts';

const NAME = 'list_directory_users';

/** Lists users of a directory, a group or an organization, newest first. Source: GET /directory_users. */
export const listDirectoryUsers = defineTool({
  name: NAME,
  title: 'List directory users',
  description:
    'Users synced from a WorkOS directory, a group or all directories of an organization, newest first within each directory. To find one person pass organization and email. summary:true counts by state, and members per group, without listing users. Example: {"organization":"acme.com","email":"john@acme.com"}',
  annotations: READ_ONLY,
  input: z.strictObject({
    directory_id: id().optional().describe('From list_directories. This, group or organization is required.'),
    group: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .optional()
      .describe('Group id; or its name, with directory_id or organization.'),
    organization: organizationRef().optional(),
    state: z.enum(['active', 'suspended', 'inactive']).optional().describe('Only in this state.'),
    email: z.string().trim().toLowerCase().min(3).max(320).optional().describe('Exact address.'),
    search: searchText('Part of name or email; reads all users.').optional(),
    summary: z.boolean().optional().describe('Counts instead of rows.'),
    include_groups: z.boolean().optional().describe('Groups of each user: one request per user.'),
    ...listInput,
  }),
  output: pageOf(
    {
      id: z.string(),
      name: z.string().optional(),
      email: z.string().optional(),
      state: z.string().optional(),
      roles: z.array(z.string()).optional(),
      groups: z.array(z.string()).optional(),
      directory_id: z.string().optional(),
      idp_id: z.string().optional(),
      custom_attributes: z.record(z.string(), z.unknown()).optional(),
      created_at: z.string().optional(),
      /** Of a group, in a summary. */
      members: z.number().optional(),
    },
    { by_state: z.record(z.string(), z.number()).optional() },
  ),
  run: async (port, { limit, cursor, count, include_groups, ...filters }, context) => {
    const { directory_id, group, organization, summary } = filters;
    const binding = bindCursor(context.environment.id, NAME, filters);
    const sources = await userSources(port, context, { directory_id, group, organization });
    const keep = localFilter(filters);
    const free = keep === undefined ? sumUsers(sources) : undefined;
    if (summary) {
      return summarizeUsers(port, context, {
        binding,
        cursor,
        sources,
        groups: group === undefined,
        keep,
        total: free,
      });
    }
    const start = decodeCursor(cursor, binding, positionSchema) ?? [0, null, 0];
    const [, , seen] = start;
    const found = await readSources(port, context, {
      sources,
      start,
      keep,
      limit,
      count,
      email: filters.email,
    });
    const groups = include_groups
      ? await mapLimited(found.users, 8, ({ user }) => groupNames(port, user))
      : undefined;
    return listDraft(context, {
      binding,
      items: found.users.map(({ user }, index) => ({
        ...toRow(user, {
          detailed: context.wide === true || filters.email !== undefined,
          withDirectory: directory_id === undefined,
        }),
        groups: groups?.[index],
      })),
      positions: found.users.map(({ source, user }, index) => [source, user.id, seen + index + 1]),
      next: found.next && [found.next.source, found.next.after, seen + found.users.length],
      head: {
        total: found.matches === undefined ? free : seen + found.matches,
        scanned: keep && (found.scanned > found.users.length || found.next) ? found.scanned : undefined,
      },
    });
  },
});

/** Index of the source, id of the last user seen in it, users shown so far. */
const positionSchema = z.tuple([z.int().min(0), z.string().nullable(), z.number()]);

interface Filters {
  readonly state?: string | undefined;
  readonly email?: string | undefined;
  readonly search?: string | undefined;
}

/** The filters the API lacks, or may not know yet (email). */
function localFilter({ state, email, search }: Filters): ((user: DirectoryUser) => boolean) | undefined {
  if (state === undefined && email === undefined && search === undefined) return undefined;
  const wanted = search?.toLowerCase();
  return (user) =>
    (state === undefined || user.state === state) &&
    (email === undefined || user.email?.toLowerCase() === email) &&
    (wanted === undefined ||
      `${displayName(user) ?? ''}\n${user.email ?? ''}`.toLowerCase().includes(wanted));
}

interface Reading {
  readonly sources: readonly UserSource[];
  readonly start: z.output<typeof positionSchema>;
  readonly keep: ((user: DirectoryUser) => boolean) | undefined;
  readonly limit: number;
  readonly count: boolean | undefined;
  readonly email: string | undefined;
}

interface Read {
  readonly users: { readonly source: number; readonly user: DirectoryUser }[];
  readonly next?: { readonly source: number; readonly after: string | null };
  readonly matches?: number;
  readonly scanned: number;
}

/** Reads one source after the other, until the page is full; with `count`, to the end of the last. */
async function readSources(port: WorkosPort, context: ToolContext, reading: Reading): Promise<Read> {
  const { sources, start, keep, limit, count, email } = reading;
  const users: Read['users'] = [];
  let next: Read['next'];
  let matches = 0;
  let scanned = 0;
  for (let index = start[0]; index < sources.length; index += 1) {
    const source = sources[index];
    if (source === undefined) break;
    const { query, rate_limited_by } = source;
    const found = await walk(context, {
      fetch: (page) => port.directoryUsers.list({ ...page, ...query, rate_limited_by, email }),
      keep,
      limit: limit - users.length,
      after: index === start[0] ? (start[1] ?? undefined) : undefined,
      count,
      what: 'users',
    });
    scanned += found.scanned;
    matches += found.matches ?? 0;
    users.push(...found.items.map((user) => ({ source: index, user })));
    if (found.next !== undefined) next ??= { source: index, after: found.next };
    if (found.matches === undefined) return next ? { users, scanned, next } : { users, scanned };
    const more = index + 1 < sources.length;
    if (more && users.length >= limit) {
      next ??= { source: index + 1, after: null };
      if (!count) return { users, scanned, next };
    }
  }
  return next ? { users, scanned, matches, next } : { users, scanned, matches };
}

async function groupNames(port: WorkosPort, { id: user }: DirectoryUser): Promise<string[]> {
  const { items } = await port.directoryGroups.list({ user, limit: 100 });
  return items.map((group) => group.name);
}

function sumUsers(sources: readonly UserSource[]): number | undefined {
  const counts = sources.map(({ users }) => users).filter((users) => users !== undefined);
  return counts.length === sources.length ? counts.reduce((sum, users) => sum + users, 0) : undefined;
}

function displayName({ name: full, first_name, last_name }: DirectoryUser): string | undefined {
  return full || [first_name, last_name].filter(Boolean).join(' ') || undefined;
}

function toRow(user: DirectoryUser, show: { detailed: boolean; withDirectory: boolean }) {
  const roles = user.roles ?? (user.role ? [user.role] : []);
  return {
    id: user.id,
    name: displayName(user),
    email: user.email,
    state: user.state,
    roles: roles.map(({ slug }) => slug),
    directory_id: show.withDirectory ? user.directory_id : undefined,
    idp_id: show.detailed ? user.idp_id : undefined,
    custom_attributes: show.detailed ? user.custom_attributes : undefined,
    created_at: user.created_at,
  };
}
