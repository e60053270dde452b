import { z } from 'zod';
import { entriesOf, textsByKey } from './records.ts';

/** A field that may be absent, null or of a shape not known yet: unknown shapes read as absent. */
const soft = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = soft(z.string());

const organizationDomain = z.looseObject({
  id: text,
  domain: z.string(),
  state: text,
  verification_prefix: text,
  verification_token: text,
  verification_strategy: text,
  created_at: text,
});

export const organization = z.looseObject({
  id: z.string(),
  name: z.string().catch(''),
  domains: entriesOf(organizationDomain).catch([]),
  metadata: textsByKey.catch({}),
  external_id: text,
  created_at: text,
  updated_at: text,
});
export type Organization = z.output<typeof organization>;
export type OrganizationDomain = z.output<typeof organizationDomain>;

export const auditLogConfiguration = z.looseObject({
  state: text,
  retention_period_in_days: soft(z.number()),
  log_stream: soft(
    z.looseObject({ id: text, type: text, state: text, last_synced_at: text, created_at: text }),
  ),
});
export type AuditLogConfiguration = z.output<typeof auditLogConfiguration>;

export const connection = z.looseObject({
  id: z.string(),
  organization_id: text,
  connection_type: z.string().catch(''),
  name: z.string().catch(''),
  state: z.string().catch(''),
  status: text,
  domains: entriesOf(z.looseObject({ domain: z.string() })).catch([]),
  options: soft(z.looseObject({ signing_cert: text })),
  created_at: text,
  updated_at: text,
});
export type Connection = z.output<typeof connection>;

export const directory = z.looseObject({
  id: z.string(),
  organization_id: text,
  type: z.string().catch(''),
  name: z.string().catch(''),
  state: z.string().catch(''),
  domain: text,
  external_key: text,
  metadata: soft(
    z.looseObject({
      users: soft(z.looseObject({ active: z.number(), inactive: z.number() })),
      groups: soft(z.number()),
    }),
  ),
  created_at: text,
  updated_at: text,
});
export type Directory = z.output<typeof directory>;

export const directoryUser = z.looseObject({
  id: z.string(),
  directory_id: text,
  organization_id: text,
  idp_id: text,
  email: text,
  first_name: text,
  last_name: text,
  name: text,
  state: z.string().catch(''),
  roles: soft(entriesOf(z.looseObject({ slug: z.string() }))),
  role: soft(z.looseObject({ slug: z.string() })),
  custom_attributes: soft(z.record(z.string(), z.unknown())),
  created_at: text,
  updated_at: text,
});
export type DirectoryUser = z.output<typeof directoryUser>;

export const directoryGroup = z.looseObject({
  id: z.string(),
  directory_id: text,
  organization_id: text,
  idp_id: text,
  name: z.string().catch(''),
  created_at: text,
  updated_at: text,
});
export type DirectoryGroup = z.output<typeof directoryGroup>;

export const workosEvent = z.looseObject({
  id: z.string(),
  event: z.string(),
  created_at: z.string().refine((time) => !Number.isNaN(Date.parse(time))),
  data: z.record(z.string(), z.unknown()).catch({}),
  context: soft(z.record(z.string(), z.unknown())),
});
export type WorkosEvent = z.output<typeof workosEvent>;

export const auditLogExport = z.looseObject({
  id: z.string(),
  state: z.string(),
  url: text,
  created_at: text,
});
export type AuditLogExport = z.output<typeof auditLogExport>;
