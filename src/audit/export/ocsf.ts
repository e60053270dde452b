import type { Entry } from './entries.ts';
import { type Fields, fieldsOf } from './fields.ts';

const VERSION = '1.4.0';
const CATEGORY = { category_uid: 6, category_name: 'Application Activity' };
const API_ACTIVITY = { class_uid: 6003, class_name: 'API Activity' };
const CREATE = { activity_id: 1, activity_name: 'Create' };
const READ = { activity_id: 2, activity_name: 'Read' };
const OTHER = 99;
const INFORMATIONAL = 1;
const MEDIUM = 3;

/** An entry as an OCSF API Activity. */
export function toOcsf(entry: Entry): object {
  const { record } = entry;
  const fields = fieldsOf(entry);
  const activity = activityOf(fields);
  return {
    ...CATEGORY,
    ...API_ACTIVITY,
    ...activity,
    type_uid: API_ACTIVITY.class_uid * 100 + activity.activity_id,
    severity_id: fields.decision === 'deny' ? MEDIUM : INFORMATIONAL,
    time: Date.parse(fields.time),
    ...(fields.ms !== undefined && { duration: fields.ms }),
    ...statusOf(fields),
    metadata: {
      version: VERSION,
      uid: record.event_id,
      sequence: record.seq,
      correlation_uid: record.chain_id,
      product: { name: 'workos-mcp', vendor_name: 'workos-mcp', version: fields.server },
    },
    actor: {
      user: { name: fields.user ?? 'unknown' },
      app_name:
        [fields.client, fields.clientVersion].filter((part) => part !== undefined).join(' ') || 'workos-mcp',
      ...(fields.session !== undefined && { session: { uid: fields.session } }),
    },
    api: {
      operation: fields.operation,
      service: { name: 'workos-mcp' },
      request: { uid: entry.intent?.event_id ?? record.event_id },
      ...(fields.status !== undefined && fields.status !== 'ok' && { response: { error: fields.status } }),
    },
    ...(fields.resources !== undefined && {
      resources: fields.resources.split(' ').map((uid) => ({ uid })),
    }),
    src_endpoint: { name: 'localhost' },
    unmapped: {
      kind: fields.kind,
      environment: fields.environment,
      environment_id: fields.environmentId,
      contract: fields.contract,
      policy: fields.policy,
      args_hmac: fields.argsHmac,
      result_hash: fields.resultHash,
      result_bytes: fields.bytes,
      redactions: fields.redactions,
      actor: fields.actor,
      token: fields.token,
      token_id: fields.tokenId,
      approved_by: fields.approvedBy,
      request_ids: fields.requestIds?.split(' '),
      details: fields.verb === undefined ? record.body : undefined,
      hash: record.hash,
      kid: record.kid,
    },
  };
}

function activityOf({ verb, operation }: Fields): { activity_id: number; activity_name: string } {
  if (verb === 'query') return READ;
  // The one tool that changes an account creates.
  if (verb === 'mutation') return CREATE;
  return { activity_id: OTHER, activity_name: operation };
}

function statusOf({ status, verb }: Fields): object {
  if (status === 'ok') return { status_id: 1, status: 'Success' };
  if (status !== undefined) return { status_id: 2, status: 'Failure', status_code: status };
  return verb === undefined ? {} : { status_id: 0, status: 'Unknown' };
}
