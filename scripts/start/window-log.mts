// The calls of the window, read from the log that the extension writes there.
import { closeSync, globSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { liveLine } from '../../src/cli/live-line.ts';
import type { Caller } from '../../src/gateway/caller.ts';
import type { ToolName } from '../../src/tools/registry.ts';

const LOGS = '**/WorkOS*.log';
const CHECK_MS = 500;
/** `2026-01-31 12:00:00.000 [info] #1 list_directories person:tree 12 ms 345 bytes ok`, as call-log.ts has it. */
const CALL =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\S* \[info\] #\d+ (\S+) (?:agent|person):(.*) (\d+) ms (\d+) bytes (\S+)$/u;

/** Prints each call that is added to a log under `folder` from now on, as `serve` prints its own. */
export function followCalls(folder: string, print: (line: string) => void): void {
  const read = new Map(logsIn(folder).map((file) => [file, statSync(file).size]));
  setInterval(() => {
    for (const file of logsIn(folder)) {
      const { text, end } = wholeLines(file, read.get(file) ?? 0);
      read.set(file, end);
      for (const line of text.split('\n')) {
        const call = callLine(line);
        if (call !== undefined) print(call);
      }
    }
  }, CHECK_MS).unref();
}

/** The line of `serve` for a line of the log; undefined if it is not about a call. */
export function callLine(line: string): string | undefined {
  const [, time, tool, who, ms, bytes, status] = CALL.exec(line) ?? [];
  if (time === undefined || who === undefined || status === undefined) return undefined;
  const caller: Caller = { kind: 'agent', session: '', client: { name: who, version: '' } };
  const numbers = { ms: Number(ms), bytes: Number(bytes) };
  return liveLine({ time: new Date(time), tool: tool as ToolName, caller, ...numbers, status });
}

function logsIn(folder: string): string[] {
  return globSync(LOGS, { cwd: folder }).map((name) => join(folder, name));
}

/** What was added from `start` on, up to the last line that is finished. */
function wholeLines(file: string, start: number): { text: string; end: number } {
  const size = statSync(file).size;
  if (size <= start) return { text: '', end: start };
  const buffer = Buffer.alloc(size - start);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, buffer, 0, buffer.length, start);
  } finally {
    closeSync(descriptor);
  }
  const length = buffer.lastIndexOf('\n') + 1;
  return { text: buffer.toString('utf8', 0, length), end: start + length };
}
