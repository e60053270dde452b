import { z } from 'zod';
import { isRecord } from '../shared/json.ts';
import type { AuditLogRow } from '../workos/port.ts';
import type { WorkosEvent } from '../workos/schemas.ts';
import { describeUserAgent } from './user-agent.ts';

const partyOutput = z.object({
  type: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
});
type Party = { type?: string | undefined; id?: string | undefined; name?: string | undefined };

/** Fields of an event or audit-log row as shown: who did what to what, when, from where. */
export const eventOutput = {
  time: z.string().optional(),
  type: z.string().optional(),
  id: z.string().optional(),
  actor: partyOutput.optional(),
  targets: z.array(partyOutput).optional(),
  ip: z.string().optional(),
  /** Browser and system, from the user agent. */
  client: z.string().optional(),
  state: z.string().optional(),
  error: z.string().optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
};

/** An event of GET /events as shown. */
export function describeEvent({ id, event, created_at, data, context }: WorkosEvent) {
  return {
    time: created_at,
    type: event,
    id,
    actor: eventActor(data, context),
    targets: eventTargets(event, data),
    ip: textAt(data, 'ip_address'),
    client: describeUserAgent(textAt(data, 'user_agent')),
    state: textAt(data, 'state') ?? textAt(data, 'status'),
    error: textAt(recordAt(data, 'error'), 'code'),
    metadata: undefined,
  };
}

/** A row of an audit-log export as shown. */
export function describeAuditLogRow(row: AuditLogRow) {
  return {
    time: row['occurred_at'] ?? '',
    type: row['action'] ?? '',
    id: undefined,
    actor: { type: row['actor_type'], id: row['actor_id'], name: row['actor_name'] },
    targets: auditTargets(row),
    ip: row['context_location'],
    client: describeUserAgent(row['context_user_agent']),
    state: undefined,
    error: undefined,
    metadata: parseMetadata(row['metadata']),
  };
}

type Data = Readonly<Record<string, unknown>>;

function eventActor(data: Data, context: Data | undefined): Party | undefined {
  const actor = recordAt(context, 'actor');
  if (actor !== undefined) {
    return { type: textAt(actor, 'source'), id: textAt(actor, 'id'), name: textAt(actor, 'name') };
  }
  if (textAt(data, 'actor_id') !== undefined) {
    return {
      type: textAt(data, 'actor_source'),
      id: textAt(data, 'actor_id'),
      name: textAt(data, 'actor_name'),
    };
  }
  const id = textAt(data, 'user_id');
  const name = textAt(data, 'object') === undefined ? textAt(data, 'email') : undefined;
  return id === undefined && name === undefined ? undefined : { type: 'user', id, name };
}

function eventTargets(event: string, data: Data): Party[] {
  if (event.startsWith('dsync.group.user_')) {
    return [
      party('directory_group', recordAt(data, 'group')),
      party('directory_user', recordAt(data, 'user')),
    ];
  }
  const connection =
    textAt(recordAt(data, 'sso'), 'connection_id') ?? textAt(recordAt(data, 'connection'), 'id');
  if (connection !== undefined) return [{ type: 'connection', id: connection }];
  const nested = recordAt(data, 'organization_domain');
  if (nested !== undefined) return [party('organization_domain', nested)];
  const type = textAt(data, 'object');
  return type === undefined ? [] : [party(type, data)];
}

function party(type: string, data: Data | undefined): Party {
  return {
    type,
    id: textAt(data, 'id') ?? textAt(data, 'slug'),
    name: textAt(data, 'email') ?? textAt(data, 'name') ?? textAt(data, 'domain'),
  };
}

function auditTargets(row: AuditLogRow): Party[] {
  const targets: Party[] = [];
  for (let index = 0; `target_id_${index}` in row; index += 1) {
    const target = {
      type: row[`target_type_${index}`],
      id: row[`target_id_${index}`],
      name: row[`target_name_${index}`],
    };
    if (target.id || target.name) targets.push(target);
  }
  return targets;
}

function parseMetadata(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return { text };
  }
}

/** Non-empty text of a field. */
function textAt(data: Data | undefined, key: string): string | undefined {
  const value = data?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Nested object of a field. */
function recordAt(data: Data | undefined, key: string): Data | undefined {
  const value = data?.[key];
  return isRecord(value) ? value : undefined;
}
