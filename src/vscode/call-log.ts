import type { CallRecord } from '../gateway/record.ts';
import { cleanLabel } from './text/clean-text.ts';

/** Writes one line per call, under its number. Never arguments, results or keys: a record has none. */
export function logCalls(write: (line: string) => void): (record: CallRecord) => void {
  return (record) => write(line(record));
}

function line({ call, tool, caller, ms, bytes, status }: CallRecord): string {
  const who =
    caller.kind === 'agent' ? `agent:${cleanLabel(caller.client.name)}` : `person:${caller.surface}`;
  return `#${call} ${tool} ${who} ${Math.round(ms)} ms ${bytes} bytes ${status}`;
}
