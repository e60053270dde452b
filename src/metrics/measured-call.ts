import type { CallRecord, Payload } from '../gateway/record.ts';
import { countByKind } from '../privacy/found.ts';
import { type FeedEntry, preview, verbOf } from './feed.ts';
import { clientLabel, tokenLabels } from './labels.ts';
import type { PastCall } from './past.ts';

/** A finished call as it is counted: without anything of what it said. */
export function pastCall(record: CallRecord, process: string): PastCall {
  const { call, time, tool, caller, ms, bytes, status, covered = [], untrusted = false } = record;
  const counts = countByKind(covered);
  const token = caller.kind === 'agent' ? caller.token : undefined;
  return {
    type: 'call',
    at: time.getTime(),
    process,
    call,
    tool,
    client: clientLabel(caller),
    ...(token && tokenLabels(token)),
    ms,
    bytes,
    status,
    ...(counts && { covered: counts }),
    ...(untrusted && caller.kind === 'agent' && { untrusted }),
  };
}

/** The same as a person follows it. */
export function feedEntry(
  { call }: CallRecord,
  past: PastCall,
  { input, shown, redacted }: Payload,
): FeedEntry {
  const { at, tool, client, status, ms, bytes, covered } = past;
  return {
    call,
    at,
    tool,
    verb: verbOf(tool),
    client,
    status,
    ms,
    inputBytes: Buffer.byteLength(JSON.stringify(input) ?? ''),
    bytes,
    ...(covered && { covered }),
    ...(redacted && { preview: preview(shown) }),
  };
}
