import type { z } from 'zod';
import { createWorkosOrganization } from './create-workos-organization.ts';
import { getAuditLogEvents } from './get-audit-log-events.ts';
import { getDirectoryDetails } from './get-directory-details.ts';
import { getOrganizationDetails } from './get-organization-details.ts';
import { getSsoConnectionDetails } from './get-sso-connection-details.ts';
import { listDirectories } from './list-directories.ts';
import { listDirectoryGroups } from './list-directory-groups.ts';
import { listDirectoryUsers } from './list-directory-users.ts';
import { listSsoConnections } from './list-sso-connections.ts';
import { listWorkosOrganizations } from './list-workos-organizations.ts';

/** The ten tools, in the order a reader meets them. */
export const tools = {
  list_workos_organizations: listWorkosOrganizations,
  get_organization_details: getOrganizationDetails,
  create_workos_organization: createWorkosOrganization,
  list_sso_connections: listSsoConnections,
  get_sso_connection_details: getSsoConnectionDetails,
  list_directories: listDirectories,
  get_directory_details: getDirectoryDetails,
  list_directory_groups: listDirectoryGroups,
  list_directory_users: listDirectoryUsers,
  get_audit_log_events: getAuditLogEvents,
} as const;

export type ToolName = keyof typeof tools;
export type Input<N extends ToolName> = z.input<(typeof tools)[N]['input']>;
export type Output<N extends ToolName> = z.output<(typeof tools)[N]['output']>;

/** Narrows a name that came from outside. */
export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(tools, name);
}
