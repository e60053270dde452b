import { recordCalls } from '../../../src/audit/record-calls.ts';
import type { Trail } from '../../../src/audit/trail.ts';
import type { Caller } from '../../../src/gateway/caller.ts';
import type { CallRecord } from '../../../src/gateway/record.ts';
import { callOf } from '../gateway/support.ts';
import { AGENT } from './measured.ts';

export interface Recorded {
  readonly call: number;
  readonly caller?: Caller;
  readonly status?: string;
  readonly ms?: number;
}

/** Records a finished call on a real trail, as the gateway does. */
export async function recordOn(
  trail: Trail,
  { call, caller = AGENT, status = 'ok', ms = 12 }: Recorded,
): Promise<void> {
  const rules = { server: '0', contract: 'c', policy: () => 'p' };
  const before = recordCalls(trail, { id: 'e', kind: 'sandbox' }, rules);
  const asked = callOf('list_directories', { caller });
  const ended = await before(asked, call);
  const record: CallRecord = {
    call,
    time: new Date(),
    tool: 'list_directories',
    caller,
    ms,
    bytes: 100,
    status,
    covered: [{ path: 'items.*.email', kind: 'email', count: 2 }],
  };
  ended(record, { items: [] }, { requests: [], requestCount: 0, approvals: [] });
}
