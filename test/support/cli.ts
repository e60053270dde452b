import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { afterAll } from 'vitest';
import { requireBundle } from './bundle.ts';

/** How to start the CLI. */
export interface CliOptions {
  /** Added to an otherwise empty environment: nothing of the machine's own account gets in. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Node to run it with; default: the one running the test. */
  readonly node?: string;
  /** Flags for Node itself. */
  readonly nodeFlags?: readonly string[];
  /** Another copy of the bundle. */
  readonly bundle?: string;
}

/** A CLI process that has ended. */
export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running CLI process. */
export interface Cli {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<CliResult>;
  stdout(): string;
  stderr(): string;
  /** Resolves with the whole text once it matches; rejects if the process ends first. */
  waitFor(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string>;
  /** Asks it to end and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<CliResult>;
}

const running = new Set<Cli>();
afterAll(async () => {
  await Promise.all([...running].map((cli) => cli.stop('SIGKILL')));
});

/** Starts the built CLI; it is killed at the end of the test file at the latest. */
export function startCli(args: readonly string[], options: CliOptions = {}): Cli {
  const { env = {}, node = process.execPath, nodeFlags = [], bundle = requireBundle() } = options;
  const child = spawn(node, [...nodeFlags, bundle, ...args], {
    env: { PATH: process.env['PATH'], WORKOS_MCP_HOME: process.env['WORKOS_MCP_HOME'], ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  child.stdin.on('error', () => undefined);
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(cli);
      resolve({ code, signal, ...text });
    });
  });
  const cli: Cli = {
    process: child,
    ended,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    waitFor: (stream, pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(text[stream]) && resolve(text[stream]);
        look();
        child[stream].on('data', look);
        ended.then(
          ({ stderr }) => reject(new Error(`The CLI ended before ${stream} matched ${pattern}: ${stderr}`)),
          reject,
        );
      }),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
  running.add(cli);
  return cli;
}

/** Runs the built CLI to its end. */
export async function runCli(
  args: readonly string[],
  { input = '', ...options }: CliOptions & { readonly input?: string } = {},
): Promise<CliResult> {
  const cli = startCli(args, options);
  cli.process.stdin.end(input);
  return cli.ended;
}
