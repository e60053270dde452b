import type { ApprovalNote, CallNotes } from '../gateway/call-notes.ts';
import type { CallRecord } from '../gateway/record.ts';
import type { ErrorCode } from '../shared/errors.ts';
import { isRecord } from '../shared/json.ts';
import { describeName, describeResult } from './describe-values.ts';
import type { Body } from './format.ts';
import { resourceIds } from './resource-ids.ts';

/** Codes of calls that were not let through. */
const DENIED: ReadonlySet<string> = new Set<ErrorCode>([
  'READ_ONLY',
  'OUT_OF_SCOPE',
  'APPROVAL_REQUIRED',
  'DECLINED',
  'STOPPED',
]);

/** What is recorded of the end of a call: how it was decided, what it asked of WorkOS, and its answer without a value of it. */
export function describeOutcome(record: CallRecord, answer: unknown, notes: CallNotes): Body {
  const { status, ms, bytes, covered } = record;
  return {
    status,
    decision: decisionOf(status, notes),
    ...(notes.approvals.length > 0 && { approvals: notes.approvals.map(describeApproval) }),
    ms: Math.round(ms),
    bytes,
    ...describeResult(answer),
    redactions: (covered ?? []).map(({ path, kind, count }) => ({
      path: describeName(path),
      detector: kind,
      count,
    })),
    ...(status === 'ok' && { ...describeCut(answer), resources: resourceIds(answer) }),
    upstream: notes.requests.map(({ requestId, ...request }) => ({ ...request, request_id: requestId })),
    upstream_count: notes.requestCount,
  };
}

function decisionOf(status: string, { approvals }: CallNotes): 'allow' | 'confirm' | 'deny' {
  if (DENIED.has(status)) return 'deny';
  return approvals.some(({ state }) => state === 'given') ? 'confirm' : 'allow';
}

function describeApproval({ state, by, code }: ApprovalNote): Body {
  return { state, by: by === undefined ? undefined : describeName(by), code };
}

/** How much of what was found is in the answer: its rows, and what was left out of them or of it. */
function describeCut(answer: unknown): Body {
  if (!isRecord(answer)) return {};
  const { items, complete, dropped } = answer;
  const rows: readonly unknown[] = Array.isArray(items) ? items : [];
  const omitted = [answer, ...rows].reduce((sum: number, part) => sum + omittedOf(part), 0);
  return {
    ...(Array.isArray(items) && { rows: rows.length }),
    ...(complete === false && { complete }),
    ...(typeof dropped === 'number' && { dropped }),
    ...(omitted > 0 && { omitted }),
  };
}

function omittedOf(part: unknown): number {
  const omitted = isRecord(part) ? part['omitted'] : undefined;
  if (!isRecord(omitted)) return 0;
  return Object.values(omitted).reduce(
    (sum: number, count) => sum + (typeof count === 'number' ? count : 0),
    0,
  );
}
