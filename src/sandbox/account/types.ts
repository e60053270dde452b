/** A domain of an organization, as the API writes it. */
export interface OrganizationDomain {
  object: 'organization_domain';
  id: string;
  organization_id: string;
  domain: string;
  state: 'failed' | 'legacy_verified' | 'pending' | 'unverified' | 'verified';
  verification_prefix: string;
  verification_token: string;
  verification_strategy: 'dns' | 'manual';
  created_at: string;
  updated_at: string;
}

/** An organization, as the API writes it. */
export interface Organization {
  object: 'organization';
  id: string;
  name: string;
  domains: OrganizationDomain[];
  metadata: Record<string, string>;
  external_id: string | null;
  allow_profiles_outside_organization: boolean;
  created_at: string;
  updated_at: string;
}

/** An SSO connection, as the API writes it; `options` exists for SAML only. */
export interface Connection {
  object: 'connection';
  id: string;
  organization_id: string;
  connection_type: string;
  name: string;
  state: 'requires_type' | 'draft' | 'active' | 'validating' | 'inactive' | 'deleting';
  status: 'linked' | 'unlinked';
  domains: { object: 'connection_domain'; id: string; domain: string }[];
  options?: { signing_cert: string | null };
  created_at: string;
  updated_at: string;
}

/** A directory, as the API writes it. */
export interface Directory {
  object: 'directory';
  id: string;
  organization_id: string;
  external_key: string;
  type: string;
  state: 'linked' | 'validating' | 'invalid_credentials' | 'unlinked' | 'deleting';
  name: string;
  domain?: string;
  metadata: { users: { active: number; inactive: number }; groups: number };
  created_at: string;
  updated_at: string;
}

/** A directory user, as the API writes it; `groups` and `raw_attributes` are empty as for new teams. */
export interface DirectoryUser {
  object: 'directory_user';
  id: string;
  directory_id: string;
  organization_id: string;
  idp_id: string;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  name: string | null;
  state: 'active' | 'suspended' | 'inactive';
  raw_attributes: Record<string, unknown>;
  custom_attributes: Record<string, unknown>;
  role: { slug: string };
  groups: DirectoryGroup[];
  created_at: string;
  updated_at: string;
}

/** A directory group, as the API writes it. */
export interface DirectoryGroup {
  object: 'directory_group';
  id: string;
  idp_id: string;
  directory_id: string;
  organization_id: string;
  name: string;
  created_at: string;
  updated_at: string;
}

/** What an organization keeps of its audit log. */
export interface AuditLogConfiguration {
  organization_id: string;
  retention_period_in_days: number;
  state: 'active' | 'inactive' | 'disabled';
  log_stream?: {
    id: string;
    type: 'AzureSentinel' | 'Datadog' | 'GenericHttps' | 'GoogleCloudStorage' | 'S3' | 'Splunk';
    state: 'active' | 'inactive' | 'error' | 'invalid';
    last_synced_at: string | null;
    created_at: string;
  };
}

/** One WorkOS event; `data` differs per event type. */
export interface AccountEvent {
  object: 'event';
  id: string;
  event: string;
  data: Record<string, unknown>;
  created_at: string;
}

/** Somebody or something an audit row speaks of. */
export interface AuditParty {
  id: string;
  type: string;
  name: string;
  metadata: Record<string, string | number | boolean>;
}

/** One audit log row, before it becomes a line of CSV. */
export interface AuditRow {
  action: string;
  occurred_at: string;
  actor: AuditParty;
  targets: AuditParty[];
  context: { location: string; user_agent: string };
  metadata: Record<string, string | number | boolean>;
}
