import type { WorkosPort } from '../workos/port.ts';
import type { Connection } from '../workos/schemas.ts';
import { certificateHealth } from './certificate.ts';
import { certificateEvents, FAILURE_DAYS, failedLogins, loginConnection } from './connection-events.ts';
import type { Issue } from './fields.ts';
import { certificateIssues, connectionIssues, loginIssues } from './findings.ts';
import type { ToolContext } from './tool.ts';

/** What is wrong with connections, and whether everything was read that could tell. */
export interface ConnectionFindings {
  readonly of: (connection: Connection) => Issue[];
  readonly complete: boolean;
}

/** What a connection's own fields tell: state and, where shown, certificate. */
export function ownIssues(connection: Connection, context: ToolContext): Issue[] {
  const health = certificateHealth(connection, [], context.now());
  return [...connectionIssues(connection), ...certificateIssues(connection, health)];
}

/** What events tell besides: one pass over those of an organization, or of the whole account. */
export async function findingsWithEvents(
  port: WorkosPort,
  context: ToolContext,
  organizationId: string | undefined,
): Promise<ConnectionFindings> {
  const [certificates, failures] = await Promise.all([
    certificateEvents(port, context, organizationId),
    failedLogins(port, context, organizationId),
  ]);
  const failed = new Map<string | undefined, number>();
  for (const event of failures.events) {
    const id = loginConnection(event);
    failed.set(id, (failed.get(id) ?? 0) + 1);
  }
  const of = (connection: Connection): Issue[] => {
    const health = certificateHealth(connection, certificates.events, context.now());
    return [
      ...connectionIssues(connection),
      ...certificateIssues(connection, health),
      ...loginIssues(connection, failed.get(connection.id) ?? 0, FAILURE_DAYS),
    ];
  };
  return { of, complete: certificates.complete && failures.complete };
}
