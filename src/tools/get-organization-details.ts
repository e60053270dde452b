import { z } from 'zod';
import type { WorkosPort } from '../workos/port.ts';
import type { Connection, Directory, Organization, OrganizationDomain } from '../workos/schemas.ts';
import { findingsWithEvents } from './connection-findings.ts';
import { describeConnectionType, describeDirectoryType } from './connection-types.ts';
import { detailOf, sectionDraft, sectionInput, totalsOf } from './detail.ts';
import { dnsRecord, dnsRecordOutput } from './dns-record.ts';
import { organizationRef } from './fields.ts';
import {
  bySeverity,
  directoryIssues,
  domainIssues,
  logStreamIssues,
  verificationDaysLeft,
} from './findings.ts';
import { resolveOrganization } from './organization-ref.ts';
import { shownEnvironment } from './list.ts';
import { defineTool, READ_ONLY, type ToolContext } from './tool.ts';
import { walkAll } from './walk.ts';

const NAME = 'get_organization_details';

const SECTIONS = ['issues', 'domains', 'connections', 'directories', 'metadata'] as const;

const summaryOutput = {
  id: z.string(),
  name: z.string().optional(),
  type: z.string().optional(),
  provider: z.string().optional(),
  state: z.string().optional(),
};

/** One organization whole. Source: GET /organizations/{id}, its connections, directories and audit-log configuration. */
export const getOrganizationDetails = defineTool({
  name: NAME,
  title: 'Get organization details',
  description:
    'One WorkOS organization: what is wrong with it first (issues), then domains with the DNS record of pending ones, connections, directories, audit-log configuration, metadata. Example: {"organization":"Acme Corp"}',
  annotations: READ_ONLY,
  input: z.strictObject({ organization: organizationRef(), ...sectionInput(SECTIONS) }),
  output: detailOf({
    id: z.string().optional(),
    name: z.string().optional(),
    external_id: z.string().optional(),
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
    audit_log: z
      .object({
        state: z.string().optional(),
        retention_days: z.number().optional(),
        log_stream: z
          .object({
            id: z.string().optional(),
            type: z.string().optional(),
            state: z.string().optional(),
            last_synced_at: z.string().optional(),
          })
          .optional(),
      })
      .optional(),
    domains: z
      .array(
        z.object({
          id: z.string().optional(),
          domain: z.string(),
          state: z.string().optional(),
          dns_record: dnsRecordOutput.optional(),
          days_left: z.number().optional(),
        }),
      )
      .optional(),
    connections: z.array(z.object(summaryOutput)).optional(),
    directories: z
      .array(z.object({ ...summaryOutput, users: z.number().optional(), groups: z.number().optional() }))
      .optional(),
    metadata: z.record(z.string(), z.string()).optional(),
  }),
  run: async (port, { organization: reference, section, cursor }, context) => {
    const found = await resolveOrganization(port, reference);
    const { connections, directories, configuration, issues, complete } = await gather(port, context, found);
    const now = context.now();
    const sections = {
      issues,
      domains: found.domains.map((domain) => domainRow(domain, now)),
      connections: connections.map(connectionRow),
      directories: directories.map(directoryRow),
      metadata: found.metadata,
    };
    const page = sectionDraft(context, { tool: NAME, subject: found.id, sections, section, cursor });
    if (page) return { ...page, value: { ...page.value, id: found.id, name: found.name } };
    const { id, external_id, created_at, updated_at } = found;
    const stream = configuration?.log_stream;
    return {
      value: {
        environment: shownEnvironment(context),
        complete,
        id,
        name: found.name,
        external_id,
        created_at,
        updated_at,
        totals: totalsOf(sections),
        audit_log: configuration && {
          state: configuration.state,
          retention_days: configuration.retention_period_in_days,
          log_stream: stream && {
            id: stream.id,
            type: stream.type,
            state: stream.state,
            last_synced_at: stream.last_synced_at,
          },
        },
        ...sections,
      },
    };
  },
});

/** Everything about an organization that other endpoints know, and what is wrong with it. */
async function gather(port: WorkosPort, context: ToolContext, organization: Organization) {
  const organization_id = organization.id;
  const [connections, directories, configuration] = await Promise.all([
    walkAll(context, 'connections', (query) => port.connections.list({ ...query, organization_id })),
    walkAll(context, 'directories', (query) => port.directories.list({ ...query, organization_id })),
    port.organizations.auditLogConfiguration(organization_id),
  ]);
  const now = context.now();
  const findings =
    connections.length > 0 ? await findingsWithEvents(port, context, organization_id) : undefined;
  const issues = bySeverity([
    ...organization.domains.flatMap((domain) => domainIssues(domain, now)),
    ...connections.flatMap((connection) => findings?.of(connection) ?? []),
    ...directories.flatMap(directoryIssues),
    ...logStreamIssues(configuration),
  ]);
  return { connections, directories, configuration, issues, complete: findings?.complete ?? true };
}

function domainRow(domain: OrganizationDomain, now: Date) {
  return {
    id: domain.id,
    domain: domain.domain,
    state: domain.state,
    dns_record: dnsRecord(domain),
    days_left: verificationDaysLeft(domain, now),
  };
}

function connectionRow({ id, name: label, connection_type: type, state }: Connection) {
  return { id, name: label, type, provider: describeConnectionType(type).provider, state };
}

function directoryRow({ id, name: label, type, state, metadata }: Directory) {
  const { users, groups } = metadata ?? {};
  return {
    id,
    name: label,
    type,
    provider: describeDirectoryType(type),
    state,
    users: users && users.active + users.inactive,
    groups,
  };
}
