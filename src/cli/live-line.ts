import type { EndedToken } from '../access/token-gate.ts';
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
  const verb = verbOf(tool);
  const masked = covered.reduce((sum, { count }) => sum + count, 0);
  const result = [
    status,
    ...(verb === 'query' ? [] : [verb]),
    ...(masked === 0 ? [] : [`${masked} masked`]),
  ].join(', ');
  return row(clock(time), tool, describe(caller), ms.toFixed(0), bytes.toLocaleString('en-US'), result);
}

/** A connection token whose sessions ended, as one line. */
export function endedLine({ name, status }: EndedToken, time = new Date()): string {
  return `${clock(time)}  connection token "${plain(name)}" ${ENDED[status]}: what was open under it is ended`;
}

const ENDED: Readonly<Record<EndedToken['status'], string>> = {
  active: 'allows something else now',
  disabled: 'is disabled',
  expired: 'has expired',
  revoked: 'is revoked',
  gone: 'is not on the disk any more',
};

const clock = (time: Date): string => time.toTimeString().slice(0, 8);

/** Only plain characters reach the terminal. */
const plain = (text: string): string => text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').trim();

function row(time: string, tool: string, caller: string, ms: string, bytes: string, result: string): string {
  const left = [time.padEnd(8), tool.padEnd(TOOL_WIDTH), caller.padEnd(CALLER_WIDTH)].join('  ');
  return `${left} ${ms.padStart(7)} ${bytes.padStart(9)}  ${result}`;
}

/** A client names itself, so its name may hold anything; a person named the token it came with. */
function describe(caller: Caller): string {
  if (caller.kind === 'person') return caller.surface;
  const { client, token } = caller;
  const from = token === undefined ? '' : `${token.name}: `;
  const text = plain(`${from}${client.name} ${client.version}`);
  return text.length > CALLER_WIDTH ? `${text.slice(0, CALLER_WIDTH - 1)}…` : text;
}
