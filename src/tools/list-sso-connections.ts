import { z } from 'zod';
import type { WorkosPort } from '../workos/port.ts';
import type { Connection } from '../workos/schemas.ts';
import { certificateHealth } from './certificate.ts';
import { certificateEvents, FAILURE_DAYS, failedLogins, loginConnection } from './connection-events.ts';
import { connectionFields, connectionOutput } from './connection-row.ts';
import { bindCursor, decodeCursor } from './cursor.ts';
import { domainFilter, organizationRef, searchText } from './fields.ts';
import { certificateIssues, connectionIssues, loginIssues } from './findings.ts';
import { listDraft, listInput, pageOf } from './list.ts';
import { organizationNames } from './organization-names.ts';
import { resolveOrganization } from './organization-ref.ts';
import { defineTool, READ_ONLY, type ToolContext } from './tool.ts';
import { walk } from './walk.ts';

const NAME = 'list_sso_connections';

/** Lists SSO connections, newest first. Source: GET /connections; with `attention` also GET /events. */
export const listSsoConnections = defineTool({
  name: NAME,
  title: 'List SSO connections',
  description:
    'WorkOS SSO connections (SAML, OIDC, OAuth) of the account or of one organization, with state and findings. attention:true gives only those with a problem: state, certificate due, failed logins. For one connection use get_sso_connection_details. Example: {"organization":"Acme Corp"}',
  annotations: READ_ONLY,
  input: z.strictObject({
    organization: organizationRef().optional(),
    state: z
      .enum(['active', 'inactive', 'validating', 'draft', 'requires_type', 'deleting'])
      .optional()
      .describe('Only in this state.'),
    type: z
      .string()
      .regex(/^[A-Za-z0-9]{1,60}$/u)
      .optional()
      .describe('API type, as OktaSAML or EntraIdOIDC.'),
    domain: domainFilter().optional().describe('Serves this domain.'),
    search: searchText('Part of the name.').optional(),
    attention: z.boolean().optional().describe('Only those with findings.'),
    ...listInput,
  }),
  output: pageOf(
    { ...connectionOutput, findings: z.array(z.string()).optional() },
    { by_state: z.record(z.string(), z.number()).optional() },
  ),
  run: async (port, { limit, cursor, count, ...filters }, context) => {
    const binding = bindCursor(context.environment.id, NAME, filters);
    const [after, seen, states] = decodeCursor(cursor, binding, positionSchema) ?? [undefined, 0, {}];
    const organization =
      filters.organization === undefined ? undefined : await resolveOrganization(port, filters.organization);
    const attention = filters.attention
      ? await attentionFindings(port, context, organization?.id)
      : undefined;
    const findings = attention?.of ?? ((connection: Connection) => ownFindings(connection, context));
    const local = filters.state !== undefined || attention !== undefined;
    const found = await walk(context, {
      fetch: (query) =>
        port.connections.list({
          ...query,
          organization_id: organization?.id,
          connection_type: filters.type,
          domain: filters.domain,
          search: filters.search,
        }),
      ...(local && {
        keep: (connection: Connection) =>
          (filters.state === undefined || connection.state === filters.state) &&
          (attention === undefined || attention.of(connection).length > 0),
      }),
      limit,
      after,
      count,
      what: 'connections',
    });
    const known = organization ? new Map([[organization.id, organization.name]]) : undefined;
    const names = await organizationNames(
      port,
      found.items.map((item) => item.organization_id),
      known,
    );
    const tally = new Map(Object.entries(states));
    const positions = found.items.map((item, index) => {
      tally.set(item.state, (tally.get(item.state) ?? 0) + 1);
      return [item.id, seen + index + 1, Object.fromEntries(tally)];
    });
    const byState = Object.fromEntries(tally);
    return listDraft(context, {
      binding,
      items: found.items.map((item) => ({ ...connectionFields(item, names), findings: findings(item) })),
      positions,
      next: found.next === undefined ? undefined : [found.next, seen + found.items.length, byState],
      head: {
        ...(attention?.complete === false && { complete: false }),
        total: found.matches === undefined ? undefined : seen + found.matches,
        by_state: found.next === undefined ? byState : undefined,
        scanned: local ? found.scanned : undefined,
      },
    });
  },
});

/** Last id, rows shown so far, and how many of them in each state. */
const positionSchema = z.tuple([z.string(), z.number(), z.record(z.string(), z.number())]);

/** Finding codes that a connection's own fields tell. */
function ownFindings(connection: Connection, context: ToolContext): string[] {
  const health = certificateHealth(connection, [], context.now());
  return [...connectionIssues(connection), ...certificateIssues(connection, health)].map(({ code }) => code);
}

/** Finding codes of any connection, with what events tell: read in one pass, before the connections are. */
async function attentionFindings(port: WorkosPort, context: ToolContext, organizationId: string | undefined) {
  const [certificates, failures] = await Promise.all([
    certificateEvents(port, context, organizationId),
    failedLogins(port, context, organizationId),
  ]);
  const failed = new Map<string | undefined, number>();
  for (const event of failures.events) {
    const id = loginConnection(event);
    failed.set(id, (failed.get(id) ?? 0) + 1);
  }
  const of = (connection: Connection): string[] => {
    const health = certificateHealth(connection, certificates.events, context.now());
    return [
      ...connectionIssues(connection),
      ...certificateIssues(connection, health),
      ...loginIssues(connection, failed.get(connection.id) ?? 0, FAILURE_DAYS),
    ].map(({ code }) => code);
  };
  return { of, complete: certificates.complete && failures.complete };
}
