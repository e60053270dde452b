import { z } from 'zod';
import { latestEvents } from '../workos/events.ts';
import type { WorkosPort } from '../workos/port.ts';
import type { Connection, WorkosEvent } from '../workos/schemas.ts';
import { isRecord } from '../shared/json.ts';
import { certificateHealth, certificateOutput } from './certificate.ts';
import { certificateEvents, FAILURE_DAYS, failedLogins, loginConnection } from './connection-events.ts';
import { connectionFields, connectionOutput } from './connection-row.ts';
import { detailOf, sectionDraft, sectionInput, totalsOf } from './detail.ts';
import { id } from './fields.ts';
import {
  bySeverity,
  certificateIssues,
  connectionIssues,
  connectionStateMeaning,
  loginIssues,
} from './findings.ts';
import { organizationNames } from './organization-names.ts';
import { shownEnvironment } from './list.ts';
import { defineTool, READ_ONLY, type ToolContext } from './tool.ts';
import { deadlineOf } from './walk.ts';

const NAME = 'get_sso_connection_details';
const SECTIONS = ['issues', 'domains', 'failures'] as const;
const LOGIN_DAYS = 30;
const DAY_MS = 86_400_000;

/** One SSO connection. Source: GET /connections/{id} and its sign-in and certificate events. */
export const getSsoConnectionDetails = defineTool({
  name: NAME,
  title: 'Get SSO connection details',
  description:
    'One WorkOS SSO connection: issues first, what its state means, certificate health, last successful login, failed logins of the last 7 days by error. Get the id from list_sso_connections. Example: {"connection_id":"conn_01H"}',
  annotations: READ_ONLY,
  input: z.strictObject({
    connection_id: id().describe('From list_sso_connections.'),
    ...sectionInput(SECTIONS),
  }),
  output: detailOf({
    ...connectionOutput,
    id: z.string().optional(),
    domains: z.array(z.object({ domain: z.string() })).optional(),
    status: z.string().optional(),
    state_meaning: z.string().optional(),
    certificate: certificateOutput.optional(),
    last_login: z.object({ time: z.string(), email: z.string().optional() }).optional(),
    last_login_note: z.string().optional(),
    failures: z
      .array(
        z.object({ error: z.string(), count: z.number(), last: z.string(), message: z.string().optional() }),
      )
      .optional(),
    created_at: z.string().optional(),
    updated_at: z.string().optional(),
  }),
  run: async (port, { connection_id, section, cursor }, context) => {
    const connection = await port.connections.get(connection_id);
    const [names, certificates, failures, login] = await Promise.all([
      organizationNames(port, [connection.organization_id]),
      certificateEvents(port, context, connection.organization_id),
      failedLogins(port, context, connection.organization_id),
      lastLogin(port, context, connection),
    ]);
    const failed = failures.events.filter((event) => loginConnection(event) === connection.id);
    const certificate = certificateHealth(connection, certificates.events, context.now());
    const fields = connectionFields(connection, names);
    const sections = {
      issues: bySeverity([
        ...connectionIssues(connection),
        ...certificateIssues(connection, certificate),
        ...loginIssues(connection, failed.length, FAILURE_DAYS),
      ]),
      domains: fields.domains.map((domain) => ({ domain })),
      failures: groupFailures(failed),
    };
    const page = sectionDraft(context, { tool: NAME, subject: connection.id, sections, section, cursor });
    if (page) return { ...page, value: { ...page.value, id: fields.id, name: fields.name } };
    return {
      value: {
        environment: shownEnvironment(context),
        complete: certificates.complete && failures.complete,
        ...fields,
        status: connection.status,
        state_meaning: connectionStateMeaning(connection.state),
        certificate: fields.protocol === 'SAML' ? certificate : undefined,
        last_login: login.latest,
        last_login_note: login.latest ? undefined : `No successful login seen since ${login.since}.`,
        created_at: connection.created_at,
        updated_at: connection.updated_at,
        totals: totalsOf(sections),
        ...sections,
      },
    };
  },
});

async function lastLogin(port: WorkosPort, context: ToolContext, connection: Connection) {
  const to = context.now();
  const { events, seenFrom } = await latestEvents(
    port.events,
    {
      types: ['authentication.sso_succeeded'],
      organization_id: connection.organization_id,
      from: new Date(to.getTime() - LOGIN_DAYS * DAY_MS),
      to,
      keep: (event) => loginConnection(event) === connection.id,
    },
    {
      limit: 1,
      deadline: deadlineOf(context),
      onPage: (count) => context.progress({ message: `Read ${count} logins` }),
    },
  );
  const [latest] = events;
  return {
    latest: latest && { time: latest.created_at, email: textOf(latest.data['email']) },
    since: seenFrom.toISOString(),
  };
}

/** Failed logins by error code, most frequent first. */
function groupFailures(events: readonly WorkosEvent[]) {
  const groups = new Map<
    string,
    { error: string; count: number; last: string; message: string | undefined }
  >();
  for (const event of events) {
    const { error } = event.data;
    const code = (isRecord(error) && textOf(error['code'])) || 'unknown';
    const group = groups.get(code);
    if (group) {
      group.count += 1;
      if (event.created_at > group.last) group.last = event.created_at;
    } else {
      const message = isRecord(error) ? textOf(error['message']) : undefined;
      groups.set(code, { error: code, count: 1, last: event.created_at, message });
    }
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
