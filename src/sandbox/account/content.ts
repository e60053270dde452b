import type { ConnectionSeed, OrganizationSeed } from './objects.ts';
import type { GroupRule } from './people.ts';
import type { Roster } from './roster.ts';
import type { AuditLogConfiguration, Directory } from './types.ts';

/** What a sample directory is made of. */
export interface DirectorySeed {
  name: string;
  type: string;
  state: Directory['state'];
  created: number;
  updated: number;
  domain: string;
  users: number;
  departments: number;
  groups: readonly GroupRule[];
  newest: Roster['newest'];
  /** When the first and the last person appeared. */
  from: number;
  to: number;
}

/** What an organization's audit log is made of. */
export interface AuditSeed {
  state: AuditLogConfiguration['state'];
  retention: number;
  rows: number;
  stream?: {
    type: NonNullable<AuditLogConfiguration['log_stream']>['type'];
    state: NonNullable<AuditLogConfiguration['log_stream']>['state'];
    created: number;
    synced: number;
  };
}

/** Everything one sample organization is made of. */
export interface OrganizationContent {
  organization: OrganizationSeed;
  connections: readonly ConnectionSeed[];
  directories: readonly DirectorySeed[];
  audit: AuditSeed;
  /** Logins of the last 90 days that use no SSO connection. */
  passwordLogins: number;
}
