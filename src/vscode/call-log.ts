import type { CallRecord, Observer } from '../gateway/record.ts';
import { cleanLabel } from './clean-text.ts';

/** Writes one line per call, under a number of its own. Never arguments, results or keys: a record has none. */
export function logCalls(write: (line: string) => void): Observer {
  let count = 0;
  return (record) => {
    count += 1;
    write(line(count, record));
  };
}

function line(id: number, { tool, caller, ms, bytes, status }: CallRecord): string {
  const who =
    caller.kind === 'agent' ? `agent:${cleanLabel(caller.client.name)}` : `person:${caller.surface}`;
  return `#${id} ${tool} ${who} ${Math.round(ms)} ms ${bytes} bytes ${status}`;
}
