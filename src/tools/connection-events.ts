import { latestEvents } from '../workos/events.ts';
import type { WorkosPort } from '../workos/port.ts';
import type { WorkosEvent } from '../workos/schemas.ts';
import { CERTIFICATE_EVENTS } from './certificate.ts';
import type { ToolContext } from './tool.ts';
import { deadlineOf } from './walk.ts';

const DAY_MS = 86_400_000;
/** Failed logins are looked at this far back. */
export const FAILURE_DAYS = 7;
const CERTIFICATE_DAYS = 90;
/** More events than this would not change any finding. */
const MOST = 10_000;

/** The connection a login event went through. */
export function loginConnection(event: WorkosEvent): string | undefined {
  const { sso } = event.data;
  const id =
    typeof sso === 'object' && sso !== null && 'connection_id' in sso ? sso.connection_id : undefined;
  return typeof id === 'string' ? id : undefined;
}

export interface EventsRead {
  readonly events: readonly WorkosEvent[];
  /** False when time ran out before everything was read. */
  readonly complete: boolean;
}

/** Certificate events of the last 90 days, of one organization or of the whole account. */
export function certificateEvents(port: WorkosPort, context: ToolContext, organizationId?: string) {
  return readAll(port, context, { types: CERTIFICATE_EVENTS, days: CERTIFICATE_DAYS, organizationId });
}

/** Failed logins of the last 7 days, of one organization or of the whole account. */
export function failedLogins(port: WorkosPort, context: ToolContext, organizationId?: string) {
  return readAll(port, context, { types: ['authentication.sso_failed'], days: FAILURE_DAYS, organizationId });
}

interface Wanted {
  readonly types: readonly string[];
  readonly days: number;
  readonly organizationId: string | undefined;
}

async function readAll(port: WorkosPort, context: ToolContext, wanted: Wanted): Promise<EventsRead> {
  const to = context.now();
  const { events, next } = await latestEvents(
    port.events,
    {
      types: wanted.types,
      organization_id: wanted.organizationId,
      from: new Date(to.getTime() - wanted.days * DAY_MS),
      to,
    },
    {
      limit: MOST,
      firstWindowMs: Infinity,
      deadline: deadlineOf(context),
      onPage: (count) => context.progress({ message: `Read ${count} events` }),
    },
  );
  return { events, complete: next === undefined };
}
