import { AppError } from '../shared/errors.ts';
import type { WorkosPort } from '../workos/port.ts';
import type { Directory, DirectoryGroup } from '../workos/schemas.ts';
import { userCount } from './directory-row.ts';
import { resolveOrganization } from './organization-ref.ts';
import type { ToolContext } from './tool.ts';
import { walkAll } from './walk.ts';

/** One stream of users: those of a directory, or of one of its groups. */
export interface UserSource {
  readonly query: { readonly directory: string } | { readonly group: string };
  /** Whose rate limit its requests count against. */
  readonly rate_limited_by: string;
  /** All its users, where the directory's metadata tells. */
  readonly users?: number | undefined;
}

export interface UserTarget {
  readonly directory_id?: string | undefined;
  readonly group?: string | undefined;
  readonly organization?: string | undefined;
}

/** The users meant by a directory, a group (id, or name within the directory) or an organization. Throws AppError. */
export async function userSources(
  port: WorkosPort,
  context: ToolContext,
  { directory_id, group, organization }: UserTarget,
): Promise<UserSource[]> {
  if (directory_id !== undefined && organization !== undefined) {
    throw new AppError({
      code: 'INVALID_INPUT',
      message: 'directory_id and organization exclude each other.',
      hint: 'Pass directory_id for one directory, organization for all of its directories.',
    });
  }
  if (context.lean && directory_id !== undefined && (group === undefined || isGroupId(group))) {
    const query = group === undefined ? { directory: directory_id } : { group };
    return [{ query, rate_limited_by: directory_id }];
  }
  if (group !== undefined && isGroupId(group)) {
    const { directory_id: owner = group } = await port.directoryGroups.get(group);
    return [{ query: { group }, rate_limited_by: owner }];
  }
  const directories = await targetDirectories(port, context, { directory_id, organization, group });
  if (group === undefined) return directories.map(directorySource);
  const named = await Promise.all(
    directories.map((directory) => groupsNamed(port, context, directory, group)),
  );
  return [onlyGroup(named.flat(), group)];
}

function isGroupId(group: string): boolean {
  return /^(directory_group|directory_grp)_[A-Za-z0-9]+$/u.test(group);
}

async function targetDirectories(
  port: WorkosPort,
  context: ToolContext,
  target: UserTarget,
): Promise<Directory[]> {
  if (target.directory_id !== undefined) return [await port.directories.get(target.directory_id)];
  if (target.organization === undefined) {
    throw new AppError({
      code: 'INVALID_INPUT',
      message:
        target.group === undefined
          ? 'directory_id, group or organization is required.'
          : 'A group name needs directory_id or organization.',
      hint: 'Call list_directories to get a directory_id.',
    });
  }
  const { id: organization_id } = await resolveOrganization(port, target.organization);
  return walkAll(context, 'directories', (query) => port.directories.list({ ...query, organization_id }));
}

function directorySource(directory: Directory): UserSource {
  return { query: { directory: directory.id }, rate_limited_by: directory.id, users: userCount(directory) };
}

async function groupsNamed(port: WorkosPort, context: ToolContext, { id }: Directory, name: string) {
  const groups = await walkAll(context, 'groups', (query) =>
    port.directoryGroups.list({ ...query, directory: id }),
  );
  const wanted = name.toLowerCase();
  return groups
    .filter((group) => group.name.trim().toLowerCase() === wanted)
    .map((group) => ({ group, directory: id }));
}

function onlyGroup(found: readonly { group: DirectoryGroup; directory: string }[], name: string): UserSource {
  const [first, second] = found;
  if (first === undefined) {
    throw new AppError({
      code: 'NOT_FOUND',
      message: `No group is named "${name}".`,
      hint: 'Call list_directory_groups with search and part of the name.',
    });
  }
  if (second === undefined) return { query: { group: first.group.id }, rate_limited_by: first.directory };
  const listed = found.slice(0, 5).map(({ group, directory }) => `${group.id} (in ${directory})`);
  throw new AppError({
    code: 'AMBIGUOUS',
    message: `Several groups are named "${name}": ${listed.join(', ')}.`,
    hint: 'Call again with the id of the one that is meant.',
  });
}
