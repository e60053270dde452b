import type {
  AuditLogConfiguration,
  AuditLogExport,
  Connection,
  Directory,
  DirectoryGroup,
  DirectoryUser,
  Organization,
  WorkosEvent,
} from './schemas.ts';

/** One page as the API returns it; `after` is absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly after?: string;
}

/** Newest first; `limit` 1–100; `after` is the id of the last item already seen. */
export interface PageQuery {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface OrganizationQuery extends PageQuery {
  readonly search?: string | undefined;
  readonly domains?: readonly string[] | undefined;
}

export interface NewOrganization {
  readonly name: string;
  readonly domain_data: readonly { readonly domain: string; readonly state: 'pending' | 'verified' }[];
  readonly external_id?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface ConnectionQuery extends PageQuery {
  readonly organization_id?: string | undefined;
  readonly connection_type?: string | undefined;
  readonly domain?: string | undefined;
  readonly search?: string | undefined;
}

export interface DirectoryQuery extends PageQuery {
  readonly organization_id?: string | undefined;
  readonly search?: string | undefined;
}

/** Exactly one of `directory` and `group`. */
export interface DirectoryUserQuery extends PageQuery {
  /** Id of the directory whose 4 requests per second the request counts against. Not sent. */
  readonly rate_limited_by: string;
  readonly directory?: string | undefined;
  readonly group?: string | undefined;
  readonly email?: string | undefined;
}

/** Exactly one of `directory` and `user`. */
export interface DirectoryGroupQuery extends PageQuery {
  readonly directory?: string | undefined;
  readonly user?: string | undefined;
}

/** Oldest first, whatever is asked; `after` and `range_start` exclude each other; at most 30 days per request. */
export interface EventQuery extends PageQuery {
  readonly events: readonly string[];
  readonly organization_id?: string | undefined;
  readonly range_start?: string | undefined;
  readonly range_end?: string | undefined;
}

export interface NewAuditLogExport {
  readonly organization_id: string;
  readonly range_start: string;
  readonly range_end: string;
  readonly actions?: readonly string[] | undefined;
}

/** An export and the range it covers. */
export interface OpenedExport {
  readonly id: string;
  /** The question it was opened for. */
  readonly key: string;
  readonly range_start: string;
  readonly range_end: string;
}

/** A row of an audit-log export: the CSV's columns by name, untouched. */
export type AuditLogRow = Readonly<Record<string, string>>;

/** The WorkOS account as the tools see it, for one call: its signal and progress are already wired in. */
export interface WorkosPort {
  readonly organizations: {
    list(query: OrganizationQuery): Promise<Page<Organization>>;
    get(id: string): Promise<Organization>;
    /** The organization that has this external_id, if one does. */
    byExternalId(externalId: string): Promise<Organization | undefined>;
    create(organization: NewOrganization): Promise<Organization>;
    /** `undefined` when the organization has no audit-log configuration. */
    auditLogConfiguration(id: string): Promise<AuditLogConfiguration | undefined>;
  };
  readonly connections: {
    list(query: ConnectionQuery): Promise<Page<Connection>>;
    get(id: string): Promise<Connection>;
  };
  readonly directories: {
    list(query: DirectoryQuery): Promise<Page<Directory>>;
    get(id: string): Promise<Directory>;
  };
  readonly directoryUsers: {
    list(query: DirectoryUserQuery): Promise<Page<DirectoryUser>>;
  };
  readonly directoryGroups: {
    list(query: DirectoryGroupQuery): Promise<Page<DirectoryGroup>>;
    get(id: string): Promise<DirectoryGroup>;
  };
  readonly events: {
    list(query: EventQuery): Promise<Page<WorkosEvent>>;
  };
  readonly auditLogExports: {
    /**
     * Creates an export, or finds the one made under the same key in the last 10 minutes. `undefined` when the
     * range holds no audit-log event (the API's 400).
     */
    open(key: string, request: NewAuditLogExport): Promise<OpenedExport | undefined>;
    /** An export opened here in the last 10 minutes. */
    find(id: string): OpenedExport | undefined;
    get(id: string): Promise<AuditLogExport>;
    /** Streams the rows of a ready export; its URL and the key never meet. */
    rows(ready: AuditLogExport): AsyncIterable<AuditLogRow>;
  };
  /** Records, and entries of their lists, that this call left out so far because they did not fit. */
  dropped(): number;
}
