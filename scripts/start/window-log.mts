// The calls of the window, read from the log that the extension writes there.
import { closeSync, fstatSync, globSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { liveLine } from '../../src/cli/live-line.ts';
import type { Caller } from '../../src/gateway/caller.ts';
import type { ToolName } from '../../src/tools/registry.ts';

/** The one that is being written: VS Code renames a full one. */
const LOGS = '**/WorkOS.log';
const CHECK_MS = 500;
/** `2026-01-31 12:00:00.000 [info] #1 list_directories person:tree 12 ms 345 bytes ok`, as call-log.ts has it. */
const CALL =
  /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\S* \[info\] #\d+ (\S+) (?:agent|person):(.*) (\d+) ms (\d+) bytes (\S+)$/u;

/** What the times in a log are: of this machine's time zone, or of UTC as the server of the browser's VS Code has them. */
export type Zone = '' | 'Z';

/** Prints each call that is added to a log under `folder` from now on, as `serve` prints its own. */
export function followCalls(folder: string, print: (line: string) => void, zone: Zone = ''): void {
  const lines = addedLines(folder);
  lines();
  setInterval(() => {
    for (const line of lines()) {
      const call = callLine(line, zone);
      if (call !== undefined) print(call);
    }
  }, CHECK_MS).unref();
}

/** A function that gives what was added to the logs under `folder` since it was last called. */
export function addedLines(folder: string): () => string[] {
  const read = new Map<string, number>();
  return () =>
    globSync(LOGS, { cwd: folder }).flatMap((name) => {
      const { text, end } = wholeLines(join(folder, name), read.get(name) ?? 0);
      read.set(name, end);
      return text.split('\n').slice(0, -1);
    });
}

/** The line of `serve` for a line of the log; undefined if it is not about a call. */
export function callLine(line: string, zone: Zone = ''): string | undefined {
  const [, date, clock, tool, who, ms, bytes, status] = CALL.exec(line) ?? [];
  if (tool === undefined || who === undefined || status === undefined) return undefined;
  const caller: Caller = { kind: 'agent', session: '', client: { name: who, version: '' } };
  const numbers = { ms: Number(ms), bytes: Number(bytes) };
  const time = new Date(`${date}T${clock}${zone}`);
  return liveLine({ time, tool: tool as ToolName, caller, ...numbers, status });
}

/** What was added from `start` on, up to the last line that is finished; all of it, if it is another file by now. */
function wholeLines(file: string, start: number): { text: string; end: number } {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    // VS Code removes the logs of windows that are long closed.
    return { text: '', end: 0 };
  }
  try {
    const { size } = fstatSync(descriptor);
    const from = size < start ? 0 : start;
    const buffer = Buffer.alloc(size - from);
    const length = buffer.lastIndexOf('\n', readSync(descriptor, buffer, 0, buffer.length, from)) + 1;
    return { text: buffer.toString('utf8', 0, length), end: from + length };
  } finally {
    closeSync(descriptor);
  }
}
