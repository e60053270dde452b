import type { Caller } from '../gateway/caller.ts';
import type { CallRecord } from '../gateway/record.ts';
import { verbOf } from '../metrics/feed.ts';

const CALLER_WIDTH = 24;
const TOOL_WIDTH = 27;

/** The head of the table of calls. */
export const LIVE_HEAD = row('time', 'tool', 'caller', 'ms', 'bytes', 'result');

/** One finished call as one line: what came of it, whether it changed something, how many values were masked. */
export function liveLine(record: Omit<CallRecord, 'call'>): string {
  const { time, tool, caller, ms, bytes, status, covered = [] } = record;
  const clock = time.toTimeString().slice(0, 8);
  const verb = verbOf(tool);
  const masked = covered.reduce((sum, { count }) => sum + count, 0);
  const result = [
    status,
    ...(verb === 'query' ? [] : [verb]),
    ...(masked === 0 ? [] : [`${masked} masked`]),
  ].join(', ');
  return row(clock, tool, describe(caller), ms.toFixed(0), bytes.toLocaleString('en-US'), result);
}

function row(time: string, tool: string, caller: string, ms: string, bytes: string, result: string): string {
  const left = [time.padEnd(8), tool.padEnd(TOOL_WIDTH), caller.padEnd(CALLER_WIDTH)].join('  ');
  return `${left} ${ms.padStart(7)} ${bytes.padStart(9)}  ${result}`;
}

/** A client names itself, so its name may hold anything: only plain characters reach the terminal. */
function describe(caller: Caller): string {
  if (caller.kind === 'person') return caller.surface;
  const { name, version } = caller.client;
  const plain = `${name} ${version}`.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').trim();
  return plain.length > CALLER_WIDTH ? `${plain.slice(0, CALLER_WIDTH - 1)}…` : plain;
}
