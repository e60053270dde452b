import { z } from 'zod';
import type { WorkosPort } from '../workos/port.ts';
import type { Organization } from '../workos/schemas.ts';
import { bindCursor, decodeCursor, listPosition } from './cursor.ts';
import { domainFilter, domainOutput, searchText } from './fields.ts';
import { listDraft, listInput, pageOf } from './list.ts';
import { defineTool, READ_ONLY, type ToolContext } from './tool.ts';
import { walk, walkAll } from './walk.ts';

const NAME = 'list_workos_organizations';

/** Lists the account's organizations (tenants), newest first. Source: GET /organizations. */
export const listWorkosOrganizations = defineTool({
  name: NAME,
  title: 'List organizations',
  description:
    'Organizations (tenants) of the WorkOS account, newest first, with ids and domains. Start here when you need an id. For one organization in depth use get_organization_details. Example: {"without":"sso","count":true}',
  annotations: READ_ONLY,
  input: z.strictObject({
    search: searchText('Part of the name.').optional(),
    domain: domainFilter().optional().describe('Has exactly this domain.'),
    domain_state: z
      .enum(['verified', 'legacy_verified', 'pending', 'failed', 'unverified'])
      .optional()
      .describe('Has a domain in this state.'),
    without: z.enum(['sso', 'directory', 'domain']).optional().describe('Lacks this.'),
    ...listInput,
  }),
  output: pageOf(
    {
      id: z.string(),
      name: z.string().optional(),
      domains: z.array(domainOutput).optional(),
      external_id: z.string().optional(),
      created_at: z.string().optional(),
    },
    {},
  ),
  run: async (port, { limit, cursor, count, ...filters }, context) => {
    const binding = bindCursor(context.environment.id, NAME, filters);
    const [after, seen] = decodeCursor(cursor, binding, listPosition) ?? [undefined, 0];
    const keep = await localFilter(port, context, filters);
    const found = await walk(context, {
      fetch: (query) =>
        port.organizations.list({
          ...query,
          search: filters.search,
          domains: filters.domain === undefined ? undefined : [filters.domain],
        }),
      keep,
      limit,
      after,
      count,
      what: 'organizations',
    });
    return listDraft(context, {
      binding,
      items: found.items.map(toRow),
      positions: found.items.map((item, index) => [item.id, seen + index + 1]),
      next: found.next === undefined ? undefined : [found.next, seen + found.items.length],
      head: {
        total: found.matches === undefined ? undefined : seen + found.matches,
        scanned: keep === undefined ? undefined : found.scanned,
      },
    });
  },
});

interface Filters {
  readonly domain_state?: string | undefined;
  readonly without?: 'sso' | 'directory' | 'domain' | undefined;
}

/** The filters the API lacks, as one predicate; `without` takes one pass over the connections or directories. */
async function localFilter(port: WorkosPort, context: ToolContext, filters: Filters) {
  const { domain_state: state, without } = filters;
  if (state === undefined && without === undefined) return undefined;
  const having = await owners(port, context, without);
  return (organization: Organization): boolean =>
    (state === undefined || organization.domains.some((domain) => domain.state === state)) &&
    (without !== 'domain' || organization.domains.length === 0) &&
    !having.has(organization.id);
}

async function owners(
  port: WorkosPort,
  context: ToolContext,
  without: Filters['without'],
): Promise<ReadonlySet<string | undefined>> {
  if (without === 'sso') {
    const all = await walkAll(context, 'connections', (query) => port.connections.list(query));
    return new Set(all.map((connection) => connection.organization_id));
  }
  if (without === 'directory') {
    const all = await walkAll(context, 'directories', (query) => port.directories.list(query));
    return new Set(all.map((directory) => directory.organization_id));
  }
  return new Set();
}

function toRow({ id, name, domains, external_id, created_at }: Organization) {
  return {
    id,
    name,
    domains: domains.map(({ domain, state }) => ({ domain, state })),
    external_id,
    created_at,
  };
}
