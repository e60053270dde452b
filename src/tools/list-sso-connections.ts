import { z } from 'zod';
import type { Connection } from '../workos/schemas.ts';
import { findingsWithEvents, ownIssues } from './connection-findings.ts';
import { describeConnectionType } from './connection-types.ts';
import { connectionFields, connectionOutput } from './connection-row.ts';
import { bindCursor, decodeCursor } from './cursor.ts';
import { domainFilter, organizationRef, searchText } from './fields.ts';
import { listDraft, listInput, pageOf } from './list.ts';
import { ownerNames, ownerOf } from './owners.ts';
import { defineTool, READ_ONLY } from './tool.ts';
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
      .regex(/^[\w. ]{1,60}$/u)
      .optional()
      .describe('API type or provider, as OktaSAML or Okta.'),
    domain: domainFilter().optional().describe('Serves this domain.'),
    search: searchText('Part of the name.').optional(),
    attention: z.boolean().optional().describe('Only those with findings.'),
    ...listInput,
  }),
  output: pageOf(
    { ...connectionOutput, findings: z.array(z.string()).optional() },
    {
      by_state: z.record(z.string(), z.number()).optional(),
      /** What findings were looked for in: without logins, none found does not mean that people can sign in. */
      findings_from: z.array(z.enum(['state', 'certificate', 'logins'])),
    },
  ),
  run: async (port, { limit, cursor, count, ...filters }, context) => {
    const binding = bindCursor(context.environment.id, NAME, filters);
    const [after, seen, states] = decodeCursor(cursor, binding, positionSchema) ?? [undefined, 0, {}];
    const organization = await ownerOf(port, context, filters.organization);
    // Events of one organization are few; those of the whole account are read only when asked for.
    const events =
      filters.attention || (organization && !context.lean)
        ? await findingsWithEvents(port, context, organization?.id)
        : undefined;
    const findings = events?.of ?? ((connection: Connection) => ownIssues(connection, context));
    const wanted =
      filters.type === undefined || isApiType(filters.type) ? undefined : filters.type.toLowerCase();
    const local = filters.state !== undefined || filters.attention === true || wanted !== undefined;
    const found = await walk(context, {
      fetch: (query) =>
        port.connections.list({
          ...query,
          organization_id: organization?.id,
          connection_type: wanted === undefined ? filters.type : undefined,
          domain: filters.domain,
          search: filters.search,
        }),
      ...(local && {
        keep: (connection: Connection) =>
          (filters.state === undefined || connection.state === filters.state) &&
          (wanted === undefined || matchesType(connection, wanted)) &&
          (!filters.attention || findings(connection).length > 0),
      }),
      limit,
      after,
      count,
      what: 'connections',
    });
    const names = await ownerNames(port, context, found.items, organization);
    const { positions, byState } = tallyStates(found.items, seen, states);
    return listDraft(context, {
      binding,
      items: found.items.map((item) => ({
        ...connectionFields(item, names),
        findings: findings(item).map(({ code }) => code),
      })),
      positions,
      next: found.next === undefined ? undefined : [found.next, seen + found.items.length, byState],
      head: {
        ...(events?.complete === false && { complete: false }),
        findings_from: events ? [...FULL] : [...OWN],
        total: found.matches === undefined ? undefined : seen + found.matches,
        by_state: found.next === undefined ? byState : undefined,
        scanned: local ? found.scanned : undefined,
      },
    });
  },
});

/** Where a page after each connection starts, and how many there are in each state so far. */
function tallyStates(items: readonly Connection[], seen: number, before: Readonly<Record<string, number>>) {
  const tally = new Map(Object.entries(before));
  const positions = items.map(({ id, state }, index): z.output<typeof positionSchema> => {
    tally.set(state, (tally.get(state) ?? 0) + 1);
    return [id, seen + index + 1, Object.fromEntries(tally)];
  });
  return { positions, byState: Object.fromEntries(tally) };
}

/** Last id, rows shown so far, and how many of them in each state. */
const positionSchema = z.tuple([z.string(), z.number(), z.record(z.string(), z.number())]);

const OWN = ['state', 'certificate'] as const;
const FULL = [...OWN, 'logins'] as const;

/** True for a type the API filters by; anything else is looked for in types and providers here. */
function isApiType(type: string): boolean {
  return /^([A-Z]\w*(SAML|OIDC|Oidc|OAuth)|MagicLink)$/u.test(type);
}

function matchesType({ connection_type: type }: Connection, wanted: string): boolean {
  return `${type}\n${describeConnectionType(type).provider ?? ''}`.toLowerCase().includes(wanted);
}
