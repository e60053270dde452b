import { z } from 'zod';
import type { Directory } from '../workos/schemas.ts';
import { organizationOf, organizationOutput } from './connection-row.ts';
import { describeDirectoryType } from './connection-types.ts';

/** Fields that a directory has wherever it is shown. */
export const directoryOutput = {
  id: z.string(),
  name: z.string().optional(),
  type: z.string().optional(),
  provider: z.string().optional(),
  state: z.string().optional(),
  organization: organizationOutput.optional(),
  /** All users, active or not. */
  users: z.number().optional(),
  groups: z.number().optional(),
};

/** All users of a directory, by its metadata. */
export function userCount({ metadata }: Directory): number | undefined {
  return metadata?.users && metadata.users.active + metadata.users.inactive;
}

/** A directory as shown. */
export function directoryFields(directory: Directory, names: ReadonlyMap<string, string>) {
  const { id, name, type, state, organization_id, metadata } = directory;
  return {
    id,
    name,
    type,
    provider: describeDirectoryType(type),
    state,
    organization: organizationOf(organization_id, names),
    users: userCount(directory),
    groups: metadata?.groups,
  };
}
