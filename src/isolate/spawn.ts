import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { parse } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What an isolate runs. */
export interface Program {
  /** A JavaScript file that needs no other. */
  readonly file: string;
  /** What makes that file be an isolate. */
  readonly args?: readonly string[];
  /** The Node to run it with; default: the one that runs this. */
  readonly node?: string;
}

export type Child = ChildProcessByStdio<Writable, Readable, null>;

/** Of JavaScript objects, in megabytes; buffers come on top. */
export const HEAP_MB = 64;
/** Node's status for flags it does not know. */
export const BAD_FLAG = 9;

// With its usual room for young objects V8 soon counts a heap of this size as full, and collects without end.
const HEAP = [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=4'];
const HARDENING = ['--disallow-code-generation-from-strings', '--no-addons', '--no-warnings'];

/** Flags of Node, strictest first: the next ones are for runtimes that refuse those before. */
export const FLAGS: readonly ((file: string) => readonly string[])[] = [
  (file) => [...HEAP, ...HARDENING, '--permission', `--allow-fs-read=${file}`],
  () => [...HEAP, ...HARDENING],
  () => HEAP,
];

/** Starts the program with nothing of this process but two pipes: no environment, no folder, no handles. */
export function spawnProgram(
  { file, args = [], node = process.execPath }: Program,
  strictness: number,
): Child {
  const real = realpathSync(file);
  const flags = FLAGS[strictness]?.(real) ?? [];
  return spawn(node, [...flags, real, ...args], {
    cwd: parse(real).root,
    env: environment(),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
}

/** What a process needs to start at all: in VS Code to be Node, on Windows to find the system. */
function environment(): Record<string, string> {
  const root = process.env['SystemRoot'];
  return {
    ...(process.versions['electron'] !== undefined && { ELECTRON_RUN_AS_NODE: '1' }),
    ...(process.platform === 'win32' && root !== undefined && { SystemRoot: root }),
  };
}
